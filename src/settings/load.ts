import { type ConfigFile, findConfig, loadConfig } from './config-file.js';
import { refuseKey } from './config-keys.js';
import { echo } from './echo.js';
import type { RawFlags } from './flags.js';
import { joined } from './ignore-list.js';
import { DEFAULTS, type Origin, type SettingName, type Settings, type Sourced } from './model.js';
import { distinct } from './model-list.js';
import { parseModelsFile } from './models-file.js';
import { refuseOutsideOutput } from './output-inside.js';
import type { Known, Parsed, Place } from './parser.js';
import { SETTING_NAMES, SETTINGS } from './table.js';
import { UsageError } from './usage-error.js';

export type { RawFlags } from './flags.js';
export { UsageError } from './usage-error.js';

export interface SettingsInput {
  flags: RawFlags;
  env: Readonly<Record<string, string | undefined>>;
  /** Absolute. */
  cwd: string;
  /** Absolute: the search for a config file ends here. */
  home: string;
  /** The text of a file, or of stdin for `-`. */
  readModelsFile(pathOrDash: string): Promise<string>;
  /** Names that exist; asked for only where some are given. Without it slips in names pass. */
  known?(): Promise<Known>;
}

type Raw = { value: unknown; origin: Origin };
type Checked = Sourced<unknown> & { note: string | null };
type Values = { [K in SettingName]: Sourced<unknown> };

/** Command line over environment over config file over defaults. Throws UsageError and nothing else. */
export async function loadSettings(input: SettingsInput): Promise<Settings> {
  const notes: string[] = [];
  const file = await readConfig(input);
  const named = NAMING.some(
    (name) => fromFlag(input.flags, name) || fromEnv(input.env, name) || isFiled(file, name),
  );
  const known = named ? await input.known?.() : undefined;
  const { cwd } = input;
  const values = {} as Values;
  for (const name of SETTING_NAMES) {
    // A slip in the file is told even where a flag overrules it.
    const place = { cwd, ...(known ? { known } : {}) };
    const filed = file && fromFile(file, name, place);
    const raw = fromFlag(input.flags, name) ?? fromEnv(input.env, name);
    const { value, origin, note } = (raw && check(name, raw, place)) ?? filed ?? byDefault(name);
    values[name] = { value, origin };
    if (name === 'ignore' && raw && filed) values[name] = both(values[name], filed);
    if (note !== null) notes.push(note);
  }
  // Each value was made by the parser of its own setting.
  const settings = { ...(values as unknown as Omit<Settings, 'notes'>), notes };
  if (settings.outputs.origin.from === 'file') await refuseOutsideOutput(settings.outputs, input.cwd);
  await addModelsFile(settings, input);
  addGatewayRoute(settings);
  return settings;
}

async function readConfig({ flags, cwd, home }: SettingsInput): Promise<ConfigFile | null> {
  if (flags.config === false) return null;
  const file = flags.config === undefined ? await findConfig(cwd, home) : await loadConfig(flags.config, cwd);
  for (const key of file?.values.keys() ?? []) {
    const refused = refuseKey(key);
    if (refused !== null)
      throw new UsageError(`${file?.place}: ${echo(key)} ${refused.problem}`, refused.hint);
  }
  return file;
}

function fromFlag(flags: RawFlags, name: SettingName): Raw | null {
  const { key, flag } = SETTINGS[name];
  const value = flags[key];
  const absent = value === undefined || (Array.isArray(value) && value.length === 0);
  return absent ? null : { value, origin: { from: 'flag', name: flag } };
}

/** An empty variable is an unset one, as for the Hugging Face clients. */
function fromEnv(env: SettingsInput['env'], name: SettingName): Raw | null {
  const variable = SETTINGS[name].env;
  const value = variable === null ? undefined : env[variable]?.trim();
  return variable === null || !value ? null : { value, origin: { from: 'env', name: variable } };
}

/** Settings that name tasks and providers. */
const NAMING: readonly SettingName[] = ['task', 'routes'];

function isFiled(file: ConfigFile | null, name: SettingName): boolean {
  return file?.values.has(SETTINGS[name].key) === true;
}

function fromFile(file: ConfigFile, name: SettingName, place: Omit<Place, 'from'>): Checked | null {
  const { key } = SETTINGS[name];
  if (!isFiled(file, name)) return null;
  const origin: Origin = { from: 'file', name: `${file.prefix}${key}`, path: file.path };
  return check(name, { value: file.values.get(key), origin }, place);
}

function byDefault(name: SettingName): Checked {
  return { value: structuredClone(DEFAULTS[name]), origin: { from: 'default', name: 'default' }, note: null };
}

function check(name: SettingName, { value, origin }: Raw, place: Omit<Place, 'from'>): Checked {
  const parsed: Parsed<unknown> = SETTINGS[name].parser.parse(value, { ...place, from: origin.from });
  if (!parsed.ok) throw new UsageError(`${origin.name} ${parsed.problem}`, parsed.hint);
  const note = parsed.note === undefined ? null : `${origin.name} ${parsed.note}`;
  return { value: parsed.value, origin, note };
}

/** What one place ignores the other does not make count again. */
function both(given: Sourced<unknown>, filed: Sourced<unknown>): Sourced<unknown> {
  const { value, origin } = given as Settings['ignore'];
  const all = joined(value, (filed as Settings['ignore']).value);
  const name = `${origin.name} and ${filed.origin.name}`;
  return { value: all, origin: all.length === value.length ? origin : { ...origin, name } };
}

/** Ids of the file follow those of the command line; both together overrule everything else. */
async function addModelsFile(settings: Settings, { flags, readModelsFile }: SettingsInput): Promise<void> {
  const path = flags.modelsFile;
  if (path === undefined) return;
  const text = await readModelsFile(path).catch((error: unknown) => {
    throw error instanceof UsageError
      ? error
      : new UsageError(`--models-file: ${echo(path)} cannot be read.`);
  });
  const { refs, problems } = parseModelsFile(text);
  const shown = problems.slice(0, 5).map(({ line, problem }) => `--models-file line ${line}: ${problem}`);
  if (problems.length > 5) shown.push(`And ${problems.length - 5} more lines.`);
  if (shown.length > 0) throw new UsageError(shown.join('\n'), 'One id a line; # begins a comment.');
  if (refs.length === 0) throw new UsageError(`--models-file: ${echo(path)} names no model.`);
  const given = settings.models.origin.from === 'flag' ? settings.models.value : [];
  const origin: Origin = { from: 'flag', name: '--models-file' };
  if (path !== '-') origin.path = path;
  settings.models = { value: distinct([...given, ...refs]), origin };
}

/** A gateway adds its column, unless routes were chosen in a place that counts more. */
function addGatewayRoute(settings: Settings): void {
  const { routes, gateway } = settings;
  if (gateway.value === null) {
    if (!routes.value.includes('gateway')) return;
    throw new UsageError(
      `${routes.origin.name} names gateway, but no gateway is known.`,
      'Add --gateway <url>.',
    );
  }
  const rank = ['default', 'file', 'env', 'flag'];
  const counts = rank.indexOf(gateway.origin.from) >= rank.indexOf(routes.origin.from);
  if (!counts || routes.value.includes('gateway')) return;
  settings.routes = { ...routes, value: [...routes.value, 'gateway'] };
}
