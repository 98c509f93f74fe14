import 'reflect-metadata';

import { PollContext } from 'n8n-core';
import {
	Workflow,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeTypes,
	type IWorkflowExecuteAdditionalData,
	type WorkflowActivateMode,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

import { VoiceFoxCallLogTrigger } from '../../../nodes/VoiceFox/VoiceFoxCallLogTrigger.node';
import { forgetProcess } from '../../../nodes/VoiceFox/callLog/store';
import { credentialsHelperOf } from '../runVoiceFox';

export const callLogTrigger = new VoiceFoxCallLogTrigger();

const nodeTypes = {
	getByName: () => callLogTrigger,
	getByNameAndVersion: () => callLogTrigger,
	getKnownTypes: () => ({}),
} as unknown as INodeTypes;

const defaultParameters = Object.fromEntries(
	callLogTrigger.description.properties.map(({ name, default: value }) => [name, value]),
) as INodeParameters;

const jsonOf = (items: INodeExecutionData[][]) => items.map((output) => output.map(({ json }) => json));

let workflows = 0;

/** A published workflow with this trigger: polled in n8n-core's own context, with static data saved as n8n saves it. */
export class PublishedTrigger {
	/** The lines in n8n's log. */
	readonly log: string[] = [];

	/** What n8n's database holds. */
	saved = '{}';

	private readonly node: INode;

	private workflow!: Workflow;

	private context!: PollContext;

	private readonly id = `polls-${++workflows}`;

	constructor(
		public credential: ICredentialDataDecryptedObject,
		parameters: IDataObject = {},
	) {
		this.node = {
			id: `node-${this.id}`,
			name: 'Call log',
			type: 'n8n-nodes-voicefox.voiceFoxCallLogTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters: { ...defaultParameters, ...parameters } as INodeParameters,
			credentials: { voiceFoxApi: { id: '1', name: 'VoiceFox API' } },
		};
		this.publish();
	}

	/** n8n starts: what was not saved is gone. */
	start() {
		forgetProcess();
		this.publish('init');
	}

	/** n8n publishes the workflow, or polls under one of its newer schedulers: with what is saved, and another context. */
	publish(activation: WorkflowActivateMode = 'activate', budget?: number) {
		this.workflow = new Workflow({
			id: this.id,
			name: 'Catch up',
			nodes: [this.node],
			connections: {},
			active: true,
			nodeTypes,
			staticData: JSON.parse(this.saved) as IDataObject,
			settings: { timezone: 'Asia/Tokyo' },
		});
		this.context = this.contextOf('trigger', activation, budget);
	}

	private contextOf(mode: WorkflowExecuteMode, activation: WorkflowActivateMode, budget?: number) {
		const additionalData = {
			credentialsHelper: credentialsHelperOf(this.workflow, { credential: this.credential }),
		} as unknown as IWorkflowExecuteAdditionalData;
		const context = new PollContext(this.workflow, this.node, additionalData, mode, activation);
		if (budget !== undefined) Object.assign(context, { getPollBudgetMs: () => budget });
		const write =
			(level: string) =>
			(...parts: unknown[]) =>
				this.log.push([level, ...parts.map(String)].join(' '));
		const levels = ['error', 'warn', 'info', 'debug'];
		const value = Object.fromEntries(levels.map((level) => [level, write(level)]));
		Object.defineProperty(context, 'logger', { value });
		return context;
	}

	/** One poll: the items of each output, null when no execution starts. n8n saves only what an execution starts with. */
	async poll({ isDropped = false } = {}): Promise<IDataObject[][] | null> {
		const items = await callLogTrigger.poll.call(this.context);
		// n8n drops what a poll gives when the workflow was published anew meanwhile.
		if (items === null || isDropped) return null;

		const { staticData } = this.workflow;
		if (staticData.__dataChanged) this.saved = JSON.stringify(staticData);
		return jsonOf(items);
	}

	/** What "Fetch Test Event" shows. */
	async fetchTestEvent(): Promise<IDataObject[][]> {
		const before = JSON.stringify(this.workflow.staticData);
		const items = await callLogTrigger.poll.call(this.contextOf('manual', 'manual'));
		if (JSON.stringify(this.workflow.staticData) !== before) throw new Error('The memory was changed');
		return jsonOf(items ?? []);
	}
}
