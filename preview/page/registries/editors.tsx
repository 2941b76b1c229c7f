import {
  type FieldNamePickerConfigSettings,
  getFieldDisplayName,
  type NumberFieldConfigSettings,
  type SelectableValue,
  type SelectFieldConfigSettings,
  type SliderFieldConfigSettings,
  type StandardEditorProps,
  type StandardEditorsRegistryItem,
  type StringFieldConfigSettings,
} from '@grafana/data';
import {
  ColorPicker,
  Input,
  MultiSelect,
  RadioButtonGroup,
  Select,
  Slider,
  Switch,
  TextArea,
  UnitPicker,
} from '@grafana/ui';
import React, { useEffect, useState } from 'react';

/** The id is that of the input, for its label; 10.1 does not know it. */
type EditorOf<Value, Settings = unknown> = StandardEditorProps<Value, Settings> & { readonly id?: string };

/** The choices of an option; those of a function come later. */
function useOptions<Value>({
  item,
  context,
}: Pick<EditorOf<never, SelectFieldConfigSettings<Value>>, 'item' | 'context'>): SelectableValue<Value>[] {
  const [options, setOptions] = useState<SelectableValue<Value>[]>(item.settings?.options ?? []);
  useEffect(() => {
    let current = true;
    void item.settings?.getOptions?.(context).then((found) => {
      if (current) setOptions(found);
    });
    return () => {
      current = false;
    };
  }, [item, context]);
  return options;
}

const TextEditor = ({ id, value, item, onChange }: EditorOf<string, StringFieldConfigSettings>) => (
  <Input
    id={id}
    value={value ?? ''}
    placeholder={item.settings?.placeholder ?? ''}
    onChange={(event) => {
      onChange(event.currentTarget.value);
    }}
  />
);

const NumberEditor = ({ id, value, item, onChange }: EditorOf<number | undefined, NumberFieldConfigSettings>) => (
  <Input
    id={id}
    type="number"
    value={value ?? ''}
    min={item.settings?.min}
    max={item.settings?.max}
    step={item.settings?.step}
    placeholder={item.settings?.placeholder ?? ''}
    onChange={(event) => {
      const text = event.currentTarget.value;
      onChange(text === '' ? undefined : Number(text));
    }}
  />
);

const SliderEditor = ({ value, item, onChange }: EditorOf<number, SliderFieldConfigSettings>) => (
  <Slider
    value={value}
    min={item.settings?.min ?? 0}
    max={item.settings?.max ?? 100}
    step={item.settings?.step ?? 1}
    onChange={onChange}
  />
);

const BooleanEditor = ({ id, value, onChange }: EditorOf<boolean>) => (
  <Switch
    id={id}
    value={value ?? false}
    onChange={(event) => {
      onChange(event.currentTarget.checked);
    }}
  />
);

const SelectEditor = (props: EditorOf<unknown, SelectFieldConfigSettings<unknown>>) => (
  <Select
    inputId={props.id}
    options={useOptions(props)}
    value={props.value as SelectableValue<unknown>}
    allowCustomValue={props.item.settings?.allowCustomValue ?? false}
    onChange={(chosen) => {
      props.onChange(chosen.value);
    }}
  />
);

const MultiSelectEditor = (props: EditorOf<unknown[], SelectFieldConfigSettings<unknown>>) => (
  <MultiSelect
    inputId={props.id}
    options={useOptions(props)}
    value={props.value as SelectableValue<unknown>[]}
    allowCustomValue={props.item.settings?.allowCustomValue ?? false}
    onChange={(chosen) => {
      props.onChange(chosen.map((option) => option.value));
    }}
  />
);

const RadioEditor = (props: EditorOf<unknown, SelectFieldConfigSettings<unknown>>) => (
  <RadioButtonGroup options={useOptions(props)} value={props.value} onChange={props.onChange} fullWidth />
);

const ColorEditor = ({ value, onChange }: EditorOf<string>) => <ColorPicker color={value} onChange={onChange} />;

const UnitEditor = ({ value, onChange }: EditorOf<string | undefined>) => (
  <UnitPicker value={value ?? ''} onChange={onChange} />
);

const FieldNameEditor = ({
  value,
  item,
  context,
  onChange,
}: EditorOf<string | undefined, FieldNamePickerConfigSettings>) => (
  <Select
    isClearable
    value={value ?? null}
    placeholder={item.settings?.placeholderText ?? 'Choose a field'}
    options={context.data.flatMap((frame) =>
      frame.fields
        .filter((field) => item.settings?.filter?.(field) ?? true)
        .map((field) => ({ label: getFieldDisplayName(field, frame, context.data), value: field.name })),
    )}
    onChange={(chosen: SelectableValue<string> | null) => {
      onChange(chosen?.value);
    }}
  />
);

/** What has no editor of its own here is edited as JSON; text that is no JSON is not taken. */
const JsonEditor = ({ value, onChange }: EditorOf<unknown>) => {
  const [invalid, setInvalid] = useState(false);
  return (
    <TextArea
      rows={3}
      invalid={invalid}
      defaultValue={JSON.stringify(value ?? null, null, 1)}
      onBlur={(event) => {
        try {
          onChange(JSON.parse(event.currentTarget.value) as unknown);
          setInvalid(false);
        } catch {
          setInvalid(true);
        }
      }}
    />
  );
};

const EDITORS = {
  text: TextEditor,
  string: TextEditor,
  number: NumberEditor,
  slider: SliderEditor,
  boolean: BooleanEditor,
  select: SelectEditor,
  'multi-select': MultiSelectEditor,
  radio: RadioEditor,
  color: ColorEditor,
  unit: UnitEditor,
  'field-name': FieldNameEditor,
  timezone: TextEditor,
  'dashboard-uid': TextEditor,
  strings: JsonEditor,
  links: JsonEditor,
  actions: JsonEditor,
  mappings: JsonEditor,
  thresholds: JsonEditor,
  'stats-picker': JsonEditor,
  fieldColor: JsonEditor,
};

/** The editor of that name; the registries of Grafana do not say which value and settings it takes. */
export const editorOf = (id: keyof typeof EDITORS): StandardEditorsRegistryItem['editor'] =>
  EDITORS[id] as StandardEditorsRegistryItem['editor'];

/** The editors that options of panels may ask for by name. */
export const standardEditors = (): StandardEditorsRegistryItem[] =>
  (Object.keys(EDITORS) as (keyof typeof EDITORS)[]).map((id) => ({ id, name: id, editor: editorOf(id) }));
