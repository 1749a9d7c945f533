/** A text in UTF-8, whatever it was written in: by what stands before it, or as its sender says. */
export async function* inUtf8(body: AsyncIterable<Uint8Array>, contentType = ''): AsyncGenerator<Uint8Array> {
  let decoder: TextDecoder | undefined
  let isFirst = true
  for await (const chunk of body) {
    if (isFirst) decoder = decoderFor(chunk, contentType)
    isFirst = false
    yield decoder ? Buffer.from(decoder.decode(chunk, { stream: true })) : chunk
  }
}

function decoderFor(first: Uint8Array, contentType: string): TextDecoder | undefined {
  if (first[0] === 0xff && first[1] === 0xfe) return new TextDecoder('utf-16le')
  if (first[0] === 0xfe && first[1] === 0xff) return new TextDecoder('utf-16be')
  const [, said = 'utf-8'] = /charset="?([\w-]+)/i.exec(contentType) ?? []
  if (/^utf-?8$/i.test(said)) return undefined
  try {
    return new TextDecoder(said)
  } catch {
    // An encoding that nobody knows: what is sent is mostly UTF-8 all the same.
    return undefined
  }
}
