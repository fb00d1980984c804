// Words of what is kept in the browser, of session files, and of links that need them.
export const keep = {
  'kept.title': 'Kept in this browser',
  'kept.hint':
    'Own texts, opened weights and longer runs are kept in this browser as they come, so that a reload loses nothing. They are sent nowhere.',
  'kept.absent':
    '**This browser keeps nothing for this page.** Own texts, opened weights and runs are gone when the page is closed. A session file holds them.',
  'kept.full':
    '**The store of this browser has no room left.** What came last is gone when the page is closed. Forget something below, or save a session file.',
  'kept.text': 'your text, {lines} lines',
  'kept.run': 'a run',
  'kept.row': '{what}; update {step} of {tip}; {size}',
  'kept.row.alone': '{what}; {size}',
  'kept.go': 'Go on',
  'kept.forget': 'Forget',
  'kept.forget.one': 'Forget {what}',
  'kept.forget.all': 'Forget all',
  'kept.now': 'It is kept in this browser.',
  'kept.not': 'It is not kept: a reload loses it.',
  'kept.now.many': 'They are kept in this browser.',
  'kept.not.many': 'They are not kept: a reload loses them.',

  'before.what': '**You were here before:** {what}, update {step}.',

  'session.save': 'Save session',
  'session.open': 'Open session…',
  'session.hint':
    'A session is one file with this view, its text, its weights and its run. Opened, or dropped on the page, it shows the same to the last bit.',
  'session.large': '**This file is too large.** A session takes at most {most} MB.',
  'session.version': '**{name} was saved by a newer page.** Open it there, or save it there as weights.',
  'session.cut': '**{name} is not whole.** Its end is missing; copy it again. Nothing here has changed.',
  'session.changed':
    '**{name} is damaged.** What is in it is not what was saved; copy it again. Nothing here has changed.',
  'session.other':
    '**{name} is not a session file.** Those end in .unroll. Weights and texts are opened under Change, in the settings.',
  'session.elsewhere': '**{name} holds weights that its exhibit does not show.** Nothing here has changed.',
  'session.fields': '**{name} holds settings that its exhibit does not offer:** {fields}. Nothing here has changed.',
  'session.refused': '**{name} cannot be opened.** {message} Nothing here has changed.',

  'absent.text':
    '**This link needs a text that is not in this browser,** so the exhibit opens as it is without one. Open that text, or the session file that holds it.',
  'absent.weights':
    '**This link needs weights that are not in this browser,** so the exhibit opens as it is without them. Open that file, or the session file that holds it.',
  'absent.sentences':
    '**This link needs sentences that are not in this browser,** so the page of Moby-Dick stands in their place. Open a file with them, or the session file that holds it.',
  'absent.open': 'Open the file…',
  'absent.other': '**{name} is not what this link needs.** What is in it differs.',
  'copied.here':
    '**The link is copied, and works in this browser only:** it needs what is kept here. A session file works anywhere.',
  'copied.nowhere':
    '**The link is copied, but what it needs is not kept:** it works as long as this page is open. A session file works anywhere.',
} as const;
