import { toParts } from '../../../nodes/VoiceFox/items';
import { warningsOf } from '../../../nodes/VoiceFox/trigger/warnings';
import { readEvent, type VoiceFoxEvent } from '../../../nodes/VoiceFox/voicefox/validation';
import { callEnded, inbound, withData } from '../../support/events';
import { settingsWith } from '../../support/settings';

function eventOf({ event_name: eventName, event_data: eventData }: typeof inbound) {
	const read = readEvent({ valid: true, eventName, eventData, envelope: {}, received: {} }, 'tolerant');
	if (!read.valid) throw new Error('The event is not valid');
	return read;
}

function warnings(event: VoiceFoxEvent, set: Parameters<typeof settingsWith>[0] = {}) {
	const settings = settingsWith(set);
	return warningsOf(toParts(event, settings), settings);
}

it('there are none for an event as documented, with settings that fit', () => {
	expect(warnings(eventOf(inbound))).toEqual([]);
});

it('a value that is not as documented is named by its path, and counted by its field', () => {
	const collect_targets = Array.from({ length: 11 }, (_, place) => ({
		question: String(place),
		hit: place % 10 === 0 ? 'maybe' : true,
	}));
	const [warning, ...others] = warnings(eventOf(withData(inbound, { collect_targets })));
	expect(others).toEqual([]);
	expect(warning).toEqual({
		kind: 'value',
		reason:
			'passed on as sent what is not of the documented type: event_data.collect_targets.0.hit, event_data.collect_targets.10.hit',
		cause: 'passed on as sent what is not of the documented type: event_data.collect_targets.*.hit',
	});
});

it("an entry of 'Only These Questions' that fits nothing is named, in an event that has questions", () => {
	const filters = { questions: ['No such question?'] };
	const reason = `an entry in 'Only These Questions' matches no question of a call: "No such question?"`;
	expect(warnings(eventOf(inbound), { filters })).toEqual([{ kind: 'question', reason }]);
	expect(warnings(eventOf(callEnded), { filters })).toEqual([]);
});

it('an unknown time zone is named', () => {
	const reason = `times are left as they are. The time zone "Asia/Nowhere" in 'VoiceFox's Time Zone' is not known. Use a name such as Asia/Tokyo`;
	expect(warnings(eventOf(inbound), { options: { timeZone: 'Asia/Nowhere' } })).toEqual([
		{ kind: 'zone', reason },
	]);
});
