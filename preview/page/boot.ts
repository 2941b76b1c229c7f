import { themeName } from './preferences.ts';
import { type FrontendSettings } from './settings.ts';

/**
 * Puts on the window what a Grafana server writes into its page, then loads the rest. Nothing of @grafana/* may be
 * imported statically before this has run: @grafana/runtime reads window.grafanaBootData when it is evaluated.
 * @param generation the folder of this page, "10" or "13"
 * @param load imports and starts the page proper
 */
export async function boot(generation: string, load: () => Promise<void>): Promise<void> {
  try {
    const answer = await fetch(`/api/frontend/settings?grafana=${generation}`);
    if (!answer.ok) throw new Error(`GET /api/frontend/settings: ${String(answer.status)} ${await answer.text()}`);
    const settings = (await answer.json()) as FrontendSettings;
    window.__grafana_public_path__ = '/public/';
    Object.assign(window, { grafanaBootData: bootData(settings) });
    await load();
  } catch (cause) {
    showFailure(cause);
    throw cause;
  }
}

function bootData(settings: FrontendSettings) {
  const theme = themeName();
  return {
    settings,
    assets: { dark: '', light: '' },
    navTree: [],
    user: {
      id: 1,
      isSignedIn: true,
      login: 'preview',
      name: 'Preview',
      email: 'preview@localhost',
      orgId: 1,
      orgName: 'Main Org.',
      orgRole: 'Admin',
      theme,
      lightTheme: theme === 'light',
      timezone: 'browser',
      weekStart: 'monday',
      locale: 'en-US',
      language: 'en-US',
      regionalFormat: 'en-US',
      permissions: {},
    },
  };
}

/** Says on the otherwise empty page why it stays empty. */
function showFailure(cause: unknown): void {
  const root = document.getElementById('root');
  if (root) root.textContent = `The preview did not start: ${cause instanceof Error ? cause.message : String(cause)}`;
}
