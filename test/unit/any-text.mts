import fc from 'fast-check';

const whole = (text: string) => !/\p{Surrogate}/u.test(text);
/** What people call things, and what could end a tag, a string, a body or a URL. */
export const anyText = fc
	.oneof(
		{ weight: 3, arbitrary: fc.string({ unit: 'binary', minLength: 1 }) },
		{ weight: 2, arbitrary: fc.string({ unit: 'grapheme', minLength: 1 }) },
		{
			weight: 3,
			arbitrary: fc
				.array(
					fc.constantFrom(
						...[
							'{{',
							'}}',
							'{%',
							'%}',
							'${',
							'}',
							"'",
							'"',
							'\\',
							'\\"',
							'\\u0022',
							'\n',
							'\r\n',
							'\t',
							'\u2028',
						],
						...[
							'&',
							'=',
							'?',
							'#',
							'/',
							'..',
							'+',
							' ',
							'%',
							'%22',
							'<b>',
							'&quot;',
							'🎟',
							'é',
							'e\u0301',
							'\u0000',
						],
						...[
							'endcapture',
							'endraw',
							'abort_message()',
							':save x',
							' | upcase',
							'-',
							'{{user_id}}',
							'Summer 20%',
						],
					),
					{ minLength: 1, maxLength: 8 },
				)
				.map((parts) => parts.join('')),
		},
	)
	.filter(whole);
