import fs from 'node:fs';
import path from 'node:path';

/**
 * What the one user of the engine may do. The engine itself then refuses file(), url(), remote(), s3() and every
 * other source outside the data directory, users and roles, backups, and SYSTEM SHUTDOWN (which would send a signal
 * to the whole process group). Kafka is the one way out that the pipeline needs.
 */
const GRANTS = [
  'GRANT SELECT, INSERT, ALTER, CREATE, DROP, UNDROP TABLE, TRUNCATE, OPTIMIZE, CHECK, SHOW, KILL QUERY, KILL TRANSACTION, MOVE PARTITION BETWEEN SHARDS, SYSTEM, dictGet, displaySecretsInShowAndSelect ON *.*',
  'GRANT KAFKA ON *.*',
  'REVOKE SYSTEM SHUTDOWN, SYSTEM FAILPOINT ON *.*',
];

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** The profile undoes what an embedded engine presets for use from a shell. */
const usersXml = `<clickhouse>
  <profiles>
    <default>
      <implicit_select>0</implicit_select>
      <allow_introspection_functions>0</allow_introspection_functions>
    </default>
  </profiles>
  <quotas><default></default></quotas>
  <users>
    <default>
      <password></password>
      <networks><ip>::/0</ip></networks>
      <profile>default</profile>
      <quota>default</quota>
      <grants>
${GRANTS.map((grant) => `        <query>${escapeXml(grant)}</query>`).join('\n')}
      </grants>
    </default>
  </users>
</clickhouse>
`;

/** Memory of the machine is shared with the broker, Flink and the registry. */
const configXml = (usersFile: string): string => `<clickhouse>
  <users_config>${escapeXml(usersFile)}</users_config>
  <max_server_memory_usage_to_ram_ratio>0.5</max_server_memory_usage_to_ram_ratio>
</clickhouse>
`;

/**
 * Writes the configuration of the engine. Without one the engine would take any `config.xml` of the working directory.
 * @param directory where to write; emptied before
 * @param extra a file of the installation that is merged over it (Kafka settings, memory …)
 * @returns the path to give to the engine
 */
export function writeEngineConfig(directory: string, extra: string | undefined): string {
  fs.rmSync(directory, { recursive: true, force: true });
  fs.mkdirSync(path.join(directory, 'config.d'), { recursive: true });
  const usersFile = path.join(directory, 'users.xml');
  const configFile = path.join(directory, 'config.xml');
  fs.writeFileSync(usersFile, usersXml);
  fs.writeFileSync(configFile, configXml(usersFile));
  // ClickHouse merges config.d/*.xml over config.xml by itself
  if (extra !== undefined) fs.copyFileSync(extra, path.join(directory, 'config.d', 'installation.xml'));
  return configFile;
}
