import { choice, collection, text } from '../../settings/define';
import { operation } from '../operation';
import { sessionId } from '../settings';
import { SPEAKERS, transcript, turnsOf } from './transcript';

const output = choice({
	displayName: 'Output',
	name: 'output',
	options: [
		{
			name: 'Item per Turn',
			value: 'turns',
			description: 'An item with speaker, text and time for each turn',
		},
		{
			name: 'Transcript',
			value: 'transcript',
			description: 'One item with the whole conversation as text',
		},
	],
});

const options = collection({ displayName: 'Options', name: 'options', placeholder: 'Add Option' }, [
	text({
		displayName: 'Assistant Name',
		name: 'assistantName',
		default: SPEAKERS.assistant,
		description: 'What the assistant is called in the output',
	}),
	text({
		displayName: 'Customer Name',
		name: 'customerName',
		default: SPEAKERS.customer,
		description: 'What the person on the phone is called in the output',
	}),
] as const);

/** What was said in a call. */
export const getConversation = operation({
	option: {
		name: 'Get Conversation',
		value: 'getConversation',
		action: 'Get conversation of call',
		description: 'Get what assistant and customer said, as an item per turn or as a transcript',
	},
	toolDescription:
		'Get what was said in one VoiceFox phone call, by its session ID. Use it to read, summarize or quote the conversation. With Output set to Transcript it gives one object: session_id, transcript (a line per turn: time, speaker, words), turns_total; otherwise one object per turn: speaker, text, offset_ms, created_at, event, session_id.',
	settings: [sessionId, output, options] as const,
	async run(context, set) {
		const { assistantName, customerName } = set.options;
		const turns = await turnsOf(context, set.sessionId, {
			assistant: assistantName || SPEAKERS.assistant,
			customer: customerName || SPEAKERS.customer,
		});
		if (set.output === 'turns') return turns;
		return [{ session_id: set.sessionId, transcript: transcript(turns), turns_total: turns.length }];
	},
});
