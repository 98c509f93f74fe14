// @ts-check
/**
 * What n8n gets from the user's environment. Everything else stays outside: N8N_*, DB_*, EXECUTIONS_*, NODE_OPTIONS and
 * the like would point this n8n at the user's own database or change how it behaves.
 */
const INHERITED =
	/^(PATH|HOME|USER|LOGNAME|SHELL|LANG|LC_.*|TMPDIR|TMP|TEMP|XDG_.*|SYSTEMROOT|WINDIR|COMSPEC|PATHEXT|USERPROFILE|HOMEDRIVE|HOMEPATH|APPDATA|LOCALAPPDATA|(HTTPS?|NO|ALL)_PROXY|SSL_CERT_(FILE|DIR)|NODE_EXTRA_CA_CERTS)$/i;

const SETTINGS = {
	NODE_ENV: 'production',
	N8N_LISTEN_ADDRESS: '127.0.0.1',
	N8N_SECURE_COOKIE: 'false',
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_COMMUNITY_PACKAGES_ENABLED: 'true',
	N8N_REINSTALL_MISSING_PACKAGES: 'false',
	// Several times faster for a webhook without expressions (measured: docs/performance.md, Tuning).
	N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true',
};

/**
 * The environment of an n8n of ours. Its encryption key is the one that n8n keeps in the user folder.
 * @param {Record<string, string>} settings
 * @returns {NodeJS.ProcessEnv}
 */
export function n8nEnvironment(settings) {
	const inherited = Object.entries(process.env).filter(([name]) => INHERITED.test(name));
	return { ...Object.fromEntries(inherited), ...SETTINGS, ...settings };
}
