import type { IDataObject } from 'n8n-workflow';

import { assistant } from '../../api/assistants';
import { draggable } from '../../items/names';
import { picked } from '../../voicefox/fields';
import { locatorProperty } from '../../settings/define';
import { operation } from '../operation';
import { numberId, simplify } from '../settings';

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
export const assistantId = numberId(
	locatorProperty(
		{
			displayName: 'Assistant ID',
			name: 'assistantId',
			required: true,
			default: { mode: 'list', value: '' },
			description: "The assistant: from the list of those in the last two days' calls, or by its number",
		},
		{
			searchListMethod: 'searchAssistants',
			typed: { displayName: 'By ID', name: 'id', placeholder: 'e.g. 318' },
		},
	),
);

/** One assistant with its settings, without its websocket token and its creator's e-mail address. */
export const getAssistant = operation({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get assistant',
		description: "Get an assistant's settings, questions and prompt",
	},
	toolDescription:
		'Get one VoiceFox voice assistant by its number. Use it for what an assistant is for and what it asks. Gives one object: id, name, scene (e.g. inbound_knowledge, outbound_collect), objective, welcome (its first words), collect (a list of question and its fixed answers), speakerName, listenerName, versionId, usageCount. With Simplify off, also its prompt, knowledge and settings.',
	settings: [assistantId, simplify] as const,
	async run(context, set) {
		const whole = await assistant(context, set.assistantId);
		return [draggable(set.simplify ? simplifiedAssistant(whole) : whole)];
	},
});
