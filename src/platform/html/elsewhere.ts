import { quickExit } from './shell.tsx'

/**
 * A page that leads out of here at once and says nothing of us. It answers a form: browsers hold the redirect of a form
 * to our own host (`form-action`), and whoever leaves quickly is not to be stopped by that.
 */
export const elsewhere = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=${quickExit}"><title>Weather</title></head>
<body><p><a href="${quickExit}" rel="nofollow noreferrer">Weather</a></p></body>
</html>`
