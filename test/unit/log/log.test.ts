import { log, logLine, type LogContext } from '../../../nodes/VoiceFox/log/log';

let workflows = 0;

function recorder(nodeName = 'Calls', workflowName?: string) {
	const id = `w${++workflows}`;
	const lines: string[] = [];
	const context = {
		getWorkflow: () => ({ id, name: workflowName, active: true }),
		getNode: () => ({ name: nodeName }),
		logger: {
			warn: (line: string) => lines.push(`warn ${line}`),
			info: (line: string) => lines.push(`info ${line}`),
		},
	} as unknown as LogContext;
	return { context, lines, id };
}

it('says which trigger of which workflow a line is about, on one line', () => {
	const { context, id } = recorder('Calls\nwarn forged', 'Call "log"');
	expect(logLine(context, 'VoiceFox Trigger', 'did something')).toBe(
		`VoiceFox Trigger "Calls\\nwarn forged" of workflow "Call \\"log\\"" (${id}): did something`,
	);
});

it('writes a line with its level', () => {
	const { context, lines, id } = recorder();
	log(context, 'VoiceFox Trigger', 'info', 'kind', 'did something');
	expect(lines).toEqual([`info VoiceFox Trigger "Calls" of workflow "" (${id}): did something`]);
});

it('writes at most ten lines a minute of one kind and trigger', () => {
	const [one, other] = [recorder(), recorder()];
	for (let time = 1; time <= 30; time++) {
		log(one.context, 'VoiceFox Trigger', 'warn', 'kind', `did something ${time}`);
		log(other.context, 'VoiceFox Trigger', 'warn', 'kind', `did something ${time}`);
	}
	log(one.context, 'VoiceFox Trigger', 'warn', 'other kind', 'did something else');
	expect(one.lines).toHaveLength(11);
	expect(one.lines[9]).toContain('are counted, not written');
	expect(other.lines).toHaveLength(10);
});
