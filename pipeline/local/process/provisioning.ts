import { SETTINGS, type Config } from '@suuupra/core';

/** The variables that the files in provisioning/ refer to, with the values of this configuration. */
export const provisioningEnvironment = (config: Config): Record<string, string> => ({
  [SETTINGS.clickhouseUrl.env]: config.clickhouseUrl,
  [SETTINGS.clickhouseUser.env]: config.clickhouseUser,
  [SETTINGS.clickhousePassword.env]: config.clickhousePassword,
  [SETTINGS.clickhouseDatabase.env]: config.clickhouseDatabase,
  [SETTINGS.alertEmail.env]: config.alertEmail,
});
