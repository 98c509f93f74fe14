import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { assistant } from '../../api/assistants';
import { picked } from '../../voicefox/fields';
import { toLinkedItems, type Operation } from '../operation';
import { isSimplified, numberIdOf, simplifyParameter } from '../parameters';

const SIMPLE_FIELDS = [
	'id',
	'name',
	'scene',
	'objective',
	'welcome',
	'collect',
	'speakerName',
	'listenerName',
	'versionId',
	'usageCount',
];

/** What most workflows need of an assistant: who it is, and what it asks. */
export const simplifiedAssistant = (whole: IDataObject): IDataObject => picked(whole, SIMPLE_FIELDS);

/** The assistant that an operation is about. */
export const assistantIdParameter: INodeProperties = {
	displayName: 'Assistant ID',
	name: 'assistantId',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description: "The assistant: from the list of those in the last two days' calls, or by its number",
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchAssistants', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 318',
		},
	],
};

/** One assistant with its settings, without its websocket token and its creator's e-mail address. */
export const getAssistant: Operation = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get assistant',
		description: "Get an assistant's settings, questions and prompt",
	},
	toolDescription:
		'Get one VoiceFox voice assistant by its number. Use it for what an assistant is for and what it asks. Gives one object: id, name, scene (e.g. inbound_knowledge, outbound_collect), objective, welcome (its first words), collect (a list of question and its fixed answers), speakerName, listenerName, versionId, usageCount. With Simplify off, also its prompt, knowledge and settings.',
	description: [assistantIdParameter, simplifyParameter],
	async execute(context, itemIndex) {
		const id = numberIdOf(context.getNodeParameter('assistantId', itemIndex, ''), 'Assistant ID');
		const whole = await assistant(context, id);
		return toLinkedItems([isSimplified(context, itemIndex) ? simplifiedAssistant(whole) : whole], itemIndex);
	},
};
