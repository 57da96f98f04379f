'use strict';

/* Not a module: it runs before the first paint, so that a dark page does not begin in white. */
document.documentElement.dataset.theme =
  localStorage.getItem('theme') ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
