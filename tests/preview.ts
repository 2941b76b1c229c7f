import { loadConfig, projectPath } from '@suuupra/core';
import { provisioningEnvironment } from '@suuupra/local';
import { type Preview, startPreview } from '@suuupra/preview/testing';

/**
 * The built bundle in the preview, with the stack of the tests behind it.
 * @param provisioning directory with data sources and dashboards
 * @param environment variables that differ from those of the stack
 */
export const openPreview = (
  provisioning = projectPath('provisioning'),
  environment: Readonly<Record<string, string>> = {},
): Promise<Preview> =>
  startPreview({
    plugins: projectPath('plugin/dist'),
    provisioning,
    environment: { ...provisioningEnvironment(loadConfig()), ...environment },
  });
