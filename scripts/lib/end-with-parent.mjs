// @ts-check
// Preloaded into n8n (`node --import`): n8n leads a process group of its own, so it would outlive a killed script.

const GRACE_MS = 8000;

process.channel?.unref();
process.once('disconnect', () => {
	const group = process.platform === 'win32' ? process.pid : -process.pid;
	process.kill(group, 'SIGTERM');
	setTimeout(() => process.kill(group, 'SIGKILL'), GRACE_MS).unref();
});
