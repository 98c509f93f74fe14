import { callLog } from '../../api/callLogs';
import { withUsableNames } from '../../voicefox/phoneNumbers';
import { toLinkedItems, type Operation } from '../operation';
import { sessionIdOf, sessionIdParameter } from '../parameters';

/** One call log: times, numbers, answers and the recording. */
export const getCall: Operation = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get call',
		description: 'Get the call log: times, numbers, answers and the recording',
	},
	description: [sessionIdParameter],
	async execute(context, itemIndex) {
		const log = await callLog(context, sessionIdOf(context, itemIndex));
		return toLinkedItems([withUsableNames(log)], itemIndex);
	},
};
