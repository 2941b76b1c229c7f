import {
  type PanelData,
  PanelOptionsEditorBuilder,
  type StandardEditorContext,
  type PanelOptionsEditorItem,
} from '@grafana/data';
import { CollapsableSection, Field } from '@grafana/ui';
import { get, groupBy, setWith, clone } from 'lodash';
import React, { useMemo } from 'react';
import { templateSrv } from '../services/templates.ts';
import { type LoadedPanel } from './use-panel-plugin.ts';

type Values = Record<string, unknown>;
type Context = StandardEditorContext<Values>;

/** A copy of nested values with one of them replaced; what is not on the way to it stays the same object. */
const withValue = (values: Values, path: string, value: unknown): Values => setWith(clone(values), path, value, clone);

/** The options of a panel plugin and of its fields, by category. */
export function OptionList({ loaded, data }: { loaded: LoadedPanel; data: PanelData }) {
  const { plugin, options, fieldConfig } = loaded;
  const context = useMemo<Context>(
    () => ({ data: data.series, options, replaceVariables: templateSrv.replace, isOverride: false }),
    [data.series, options],
  );
  const items = useMemo(() => {
    const builder = new PanelOptionsEditorBuilder<Values>();
    plugin?.getPanelOptionsSupplier()(builder, context);
    return builder.getItems();
  }, [plugin, context]);
  const fields = plugin?.fieldConfigRegistry.list() ?? [];
  return (
    <>
      <Categories
        items={items}
        values={options}
        context={context}
        onChange={(path, value) => {
          loaded.setOptions(withValue(options, path, value));
        }}
      />
      <Categories
        items={
          fields.map((item) => ({
            ...item,
            path: item.isCustom ? `custom.${item.path}` : item.path,
          })) as unknown as PanelOptionsEditorItem[]
        }
        values={fieldConfig.defaults as Values}
        context={context}
        onChange={(path, value) => {
          loaded.setFieldConfig({ ...fieldConfig, defaults: withValue(fieldConfig.defaults as Values, path, value) });
        }}
      />
    </>
  );
}

interface CategoriesProps {
  readonly items: PanelOptionsEditorItem[];
  readonly values: Values;
  readonly context: Context;
  readonly onChange: (path: string, value: unknown) => void;
}

function Categories({ items, values, context, onChange }: CategoriesProps) {
  const shown = items.filter((item) => item.showIf?.(values, context.data) ?? true);
  return (
    <>
      {Object.entries(groupBy(shown, (item) => item.category?.[0] ?? 'General')).map(([category, members]) => (
        <CollapsableSection key={category} label={category} isOpen>
          {members.map((item) => (
            <Field key={item.id} label={item.name} description={item.description ?? ''} htmlFor={`option-${item.id}`}>
              <item.editor
                id={`option-${item.id}`}
                item={item}
                context={context}
                value={get(values, item.path) ?? item.defaultValue}
                onChange={(value: unknown) => {
                  onChange(item.path, value);
                }}
              />
            </Field>
          ))}
        </CollapsableSection>
      ))}
    </>
  );
}
