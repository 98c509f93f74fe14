import { getObject } from '../../api/client';
import { toLinkedItems, type Operation } from '../operation';
import { numberIdOf } from '../parameters';

/** One assistant with its settings, without its websocket token and its creator's e-mail address. */
export const getAssistant: Operation = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get assistant',
		description: "Get an assistant's settings, questions and prompt",
	},
	description: [
		{
			displayName: 'Assistant ID',
			name: 'assistantId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 318',
			description: 'The number of the assistant: assistant_id in assistant_infos of the VoiceFox Trigger',
		},
	],
	async execute(context, itemIndex) {
		const id = numberIdOf(context.getNodeParameter('assistantId', itemIndex, ''), 'Assistant ID');
		const path = `/openapi/assistants/${id}`;
		const assistant = await getObject(context, { path, subject: `assistant with ID ${id}` });
		return toLinkedItems([assistant], itemIndex);
	},
};
