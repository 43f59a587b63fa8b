import { askSeveral, click, fill, goOn, openPage, press, problemsOf, savedBy, textsOf, withBrowser } from './open.ts';

const batches = "performance.getEntriesByType('resource').filter(({ name }) => name.includes('/predict/batch')).length";

withBrowser(
  'several messages are a table, asked in batches; a text that is refused has its problem in its row',
  async (t) => {
    const page = await openPage(t, { BATCH_LIMIT_TEXTS: '2', TEXT_LIMIT_CHARACTERS: '30' });
    await page.evaluate("document.getElementById('one-tab').focus()");
    await press(page, 'ArrowRight');
    t.is(await page.evaluate('document.activeElement.id'), 'several-tab');
    await page.evaluate("document.getElementById('texts').focus()");
    await page.send('Input.insertText', { text: 'great service\n\nhello <b>there</b>\nwhere is my order?\n' });
    await page.send('Input.insertText', { text: `${'long '.repeat(10)}\nqqq zzz` });
    t.is(await page.text('lines'), '5 messages');
    await page.pressControlEnter();
    await page.until("document.querySelectorAll('#rows tr').length === 5");
    const rows = (await textsOf(page, '#rows tr')) as string[];
    t.deepEqual(
      rows.map((row) => row.replace(/[\d.]+ %$/, 'n %')),
      [
        'great servicepraise Not right?n %',
        'hello <b>there</b>greeting Not right?n %',
        'where is my order?question Not right?n %',
        `${'long '.repeat(10)}expected at most 30 characters, got a string of 50 characters`,
        'qqq zzznone of these Not right?n %',
      ],
    );
    t.is(await page.evaluate(batches), 3);
    t.is(await page.text('progress'), '5 of 5 messages. ');
    t.deepEqual(problemsOf(page), []);
  },
);

withBrowser('a message of the table is shown in the single form, with its explanation', async (t) => {
  const page = await openPage(t);
  await askSeveral(page, ['great service', 'hello there']);
  await page.evaluate("document.querySelectorAll('#rows .open')[1].focus()");
  await press(page, 'Enter', '\r');
  await page.until("!document.getElementById('result').hidden");
  t.deepEqual(
    await page.evaluate("[document.activeElement.id, document.getElementById('several').hidden, text.value]"),
    ['one-tab', true, 'hello there'],
  );
  t.deepEqual([await page.text('intent'), await page.text('words')], ['greeting', 'hello there']);
  // The table is still there.
  await press(page, 'ArrowRight');
  t.deepEqual(await textsOf(page, '#rows .open'), ['great service', 'hello there']);
});

withBrowser('a batch that the rate limit refuses stops the others, which are asked later', async (t) => {
  // The page itself is the first request.
  const limit = { BATCH_LIMIT_TEXTS: '1', RATE_LIMIT_REQUESTS: '3', RATE_LIMIT_WINDOW_SECONDS: '5' };
  const page = await openPage(t, limit);
  const messages = ['great service', 'hello there', 'good morning to you'];
  await askSeveral(page, messages);
  t.regex(
    await page.text('progress'),
    /^2 of 3 messages\. A client may make 3 requests in 5 s; try again in [1-5] s\.$/,
  );
  t.is(await page.text('find'), 'Go on with the others');
  t.deepEqual(await textsOf(page, '#rows .open'), messages.slice(0, 2));
  await new Promise((resolve) => setTimeout(resolve, 5100));
  await goOn(page);
  t.deepEqual(await textsOf(page, '#rows .open'), messages);
  t.deepEqual([await page.text('progress'), await page.text('find')], ['3 of 3 messages. ', 'Find their intents']);
});

withBrowser('a service that is overloaded, or does not answer, leaves the results so far', async (t) => {
  const page = await openPage(t, { BATCH_LIMIT_TEXTS: '1' });
  const detail = 'Too many requests are waiting; try again in 1 s.';
  await page.evaluate(`
    const realFetch = fetch, outcomes = [
      (...request) => realFetch(...request),
      async () => new Response(JSON.stringify({ status: 503, detail: ${JSON.stringify(detail)} }), { status: 503 }),
      async () => { throw new TypeError('Failed to fetch'); },
      async () => new Response('<h1>Bad gateway</h1>', { status: 502 }),
    ];
    fetch = (...request) => outcomes.shift()(...request);
  `);
  await askSeveral(page, ['great service', 'hello there']);
  t.is(await page.text('progress'), `1 of 2 messages. ${detail}`);
  for (let attempt = 0; attempt < 2; attempt++) {
    await goOn(page);
    t.is(await page.text('progress'), '1 of 2 messages. The service did not answer; try again in a moment.');
  }
  t.deepEqual(await textsOf(page, '#rows .open'), ['great service']);
  // Other messages begin anew.
  await fill(page, 'texts', 'hello there');
  t.is(await page.text('find'), 'Find their intents');
});

withBrowser('a batch has as many bytes as the service takes; a text with more is a problem of its own', async (t) => {
  const page = await openPage(t, { BODY_LIMIT_BYTES: '1024' });
  const messages = ['é'.repeat(240), 'é'.repeat(263), `great ${'é'.repeat(600)}`, 'hello there'];
  await askSeveral(page, messages);
  t.is(await page.evaluate(batches), 3);
  t.deepEqual(await textsOf(page, '#rows .problem'), ['The body may have at most 1024 bytes.']);
  t.deepEqual(await textsOf(page, '#rows .open'), messages);
  // With one more, each is a batch of its own.
  await askSeveral(page, ['é'.repeat(240), 'é'.repeat(264)]);
  t.is(await page.evaluate(batches), 5);
});

withBrowser('too many messages, and none, are refused', async (t) => {
  const page = await openPage(t);
  await askSeveral(page, Array(2001).fill('hello'));
  t.is(await page.text('progress'), 'At most 2000 messages at once, got 2001.');
  await askSeveral(page, [' ', '']);
  t.is(await page.evaluate(batches), 0);
});

withBrowser('the table is saved as CSV that no spreadsheet takes for formulas', async (t) => {
  const page = await openPage(t, { TEXT_LIMIT_CHARACTERS: '40' });
  const messages = [
    'hello, "friend"',
    "=cmd|' /C calc'!A0",
    ' +49 30 1234',
    '-1',
    '@SUM(A1)',
    '＝1',
    `a;=1${' '.repeat(40)}`,
  ];
  await askSeveral(page, messages);
  const [first, ...lines] = (await savedBy(t, page, '#save', 'intents.csv')).split('\r\n');
  t.is(first, '\ufeff"text","intent","confidence","problem"');
  t.deepEqual(
    lines.map((line) => line.replace(/"(?:greeting|question|complaint|praise|unknown)","[\d.]+",""$/, '…')),
    [
      '"hello, ""friend""",…',
      `"'=cmd|' /C calc'!A0",…`,
      `"' +49 30 1234",…`,
      `"'-1",…`,
      `"'@SUM(A1)",…`,
      `"'＝1",…`,
      `"a;=1${' '.repeat(40)}","","","expected at most 40 characters, got a string of 44 characters"`,
      '',
    ],
  );
  await click(page, '#one-tab');
  t.deepEqual(problemsOf(page), []);
});
