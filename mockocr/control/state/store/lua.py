"""The methods of the Redis store as Lua scripts; Redis runs each one atomically.

The comment at the top of a script names its `KEYS` and, after the semicolon, its `ARGV`. The last
key is always the set of all keys that the store has used, so that `CLEAR` can delete them.
"""

from __future__ import annotations

REMEMBER_KEYS = "for i = 1, #KEYS do redis.call('SADD', KEYS[#KEYS], KEYS[i]) end\n"

PUT = (
    REMEMBER_KEYS
    + """-- documents, order, sequence, known; key, document
if redis.call('HSET', KEYS[1], ARGV[1], ARGV[2]) == 1 then
  redis.call('ZADD', KEYS[2], redis.call('INCR', KEYS[3]), ARGV[1])
end
return 1
"""
)

COMPARE_AND_SET = (
    REMEMBER_KEYS
    + """-- documents, order, sequence, known; key, old document or '', new document
local old = redis.call('HGET', KEYS[1], ARGV[1]) or ''
if old ~= ARGV[2] then return 0 end
if redis.call('HSET', KEYS[1], ARGV[1], ARGV[3]) == 1 then
  redis.call('ZADD', KEYS[2], redis.call('INCR', KEYS[3]), ARGV[1])
end
return 1
"""
)

DELETE = """-- documents, order, known; key
redis.call('ZREM', KEYS[2], ARGV[1])
return redis.call('HDEL', KEYS[1], ARGV[1])
"""

DOCUMENTS = """-- documents, order, known
local found = {}
for i, key in ipairs(redis.call('ZRANGE', KEYS[2], 0, -1)) do
  found[i] = redis.call('HGET', KEYS[1], key)
end
return found
"""

INCREMENT = (
    REMEMBER_KEYS
    + """-- counters, names, known; name, by, minimum or '', maximum or '', window, how many
-- a counter is stored as alternating lines of value and window, the latest window first;
-- only so many windows are kept
local value, others, kept = 0, '', 1
local stored = redis.call('HGET', KEYS[1], ARGV[1])
for old, window in string.gmatch(stored or '', '(%-?%d+)\\n([^\\n]*)\\n') do
  if window == ARGV[5] then
    value = tonumber(old)
  elseif kept < tonumber(ARGV[6]) then
    others, kept = others .. old .. '\\n' .. window .. '\\n', kept + 1
  end
end
value = value + tonumber(ARGV[2])
if ARGV[3] ~= '' and value < tonumber(ARGV[3]) then return false end
if ARGV[4] ~= '' and value > tonumber(ARGV[4]) then return false end
local line = string.format('%d', value) .. '\\n' .. ARGV[5] .. '\\n'
redis.call('HSET', KEYS[1], ARGV[1], line .. others)
if not stored then redis.call('ZADD', KEYS[2], 0, ARGV[1]) end
return value
"""
)

_NAMES_BY_PREFIX = """-- counters, names, known; prefix
local names
if ARGV[1] == '' then
  names = redis.call('ZRANGE', KEYS[2], 0, -1)
else
  names = redis.call('ZRANGEBYLEX', KEYS[2], '[' .. ARGV[1], '(' .. ARGV[1] .. '\\255')
end
"""

COUNTERS = (
    _NAMES_BY_PREFIX
    + """
local found = {}
for i, name in ipairs(names) do
  found[2 * i - 1] = name
  found[2 * i] = redis.call('HGET', KEYS[1], name)
end
return found
"""
)

DELETE_COUNTERS = (
    _NAMES_BY_PREFIX
    + """
for _, name in ipairs(names) do
  redis.call('HDEL', KEYS[1], name)
  redis.call('ZREM', KEYS[2], name)
end
return #names
"""
)

CLAIM_NONCE = (
    REMEMBER_KEYS
    + """-- nonces, order, sequence, known; nonce, until, now, maximum number
local known = redis.call('HGET', KEYS[1], ARGV[1])
if known and tonumber(known) > tonumber(ARGV[3]) then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
redis.call('ZADD', KEYS[2], redis.call('INCR', KEYS[3]), ARGV[1])
while redis.call('ZCARD', KEYS[2]) > tonumber(ARGV[4]) do
  redis.call('HDEL', KEYS[1], redis.call('ZPOPMIN', KEYS[2])[1])
end
return 1
"""
)

_STATS = """
local function stats()
  local bytes, evicted = unpack(redis.call('HMGET', KEYS[6], 'bytes', 'evicted'))
  return {redis.call('ZCARD', KEYS[4]), tonumber(bytes or 0), tonumber(evicted or 0)}
end
"""

_REMOVE = """
local function add_bytes(bytes) redis.call('HINCRBY', KEYS[6], 'bytes', bytes) end
local function remove(key)
  local words = {}
  for word in string.gmatch(redis.call('HGET', KEYS[3], key), '%S+') do
    words[#words + 1] = word
  end
  add_bytes(-tonumber(words[1]))
  for i = 2, #words do
    if redis.call('HINCRBY', KEYS[6], words[i], -1) == 0 then
      add_bytes(-redis.call('HSTRLEN', KEYS[5], words[i]))
      redis.call('HDEL', KEYS[5], words[i])
      redis.call('HDEL', KEYS[6], words[i])
    end
  end
  for i = 1, 3 do redis.call('HDEL', KEYS[i], key) end
  redis.call('ZREM', KEYS[4], key)
end
"""

APPEND_LOG = (
    REMEMBER_KEYS
    + _STATS
    + _REMOVE
    + """-- summaries, details, sizes, order, blobs, state, sequence, known;
-- key, summary, detail, size, max_bytes, lost, then alternating digest and blob
if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 1 then remove(ARGV[1]) end
local sizes = ARGV[4]
for i = 7, #ARGV, 2 do
  if redis.call('HINCRBY', KEYS[6], ARGV[i], 1) == 1 then
    redis.call('HSET', KEYS[5], ARGV[i], ARGV[i + 1])
    add_bytes(string.len(ARGV[i + 1]))
  end
  sizes = sizes .. ' ' .. ARGV[i]
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
redis.call('HSET', KEYS[2], ARGV[1], ARGV[3])
redis.call('HSET', KEYS[3], ARGV[1], sizes)
redis.call('ZADD', KEYS[4], redis.call('INCR', KEYS[7]), ARGV[1])
add_bytes(ARGV[4])
local evicted = tonumber(ARGV[6])
while stats()[2] > tonumber(ARGV[5]) do
  local oldest = redis.call('ZRANGE', KEYS[4], 0, 0)[1]
  if not oldest then break end
  remove(oldest)
  evicted = evicted + 1
end
if evicted > 0 then redis.call('HINCRBY', KEYS[6], 'evicted', evicted) end
return stats()
"""
)

DELETE_LOG = (
    _REMOVE
    + """-- summaries, details, sizes, order, blobs, state, known; key
if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0 then return 0 end
remove(ARGV[1])
return 1
"""
)

NEWEST_LOG = """-- summaries, order, known; before which place, page length
local found = {}
local page = redis.call(
  'ZREVRANGEBYSCORE', KEYS[2], ARGV[1], '-inf', 'WITHSCORES', 'LIMIT', 0, ARGV[2])
for i = 1, #page, 2 do
  found[i] = page[i + 1]
  found[i + 1] = redis.call('HGET', KEYS[1], page[i])
end
return found
"""

FIND_LOG = """-- summaries, details, sizes, known; key
local summary = redis.call('HGET', KEYS[1], ARGV[1])
if not summary then return {} end
return {summary, redis.call('HGET', KEYS[2], ARGV[1]), redis.call('HGET', KEYS[3], ARGV[1])}
"""

HASH_GET = "return redis.call('HGET', KEYS[1], ARGV[1])"

LOG_STATS = _STATS + "return stats()"

CLEAR_LOG = "for i = 1, #KEYS - 1 do redis.call('UNLINK', KEYS[i]) end return 1"

CLEAR = """-- known
for _, key in ipairs(redis.call('SMEMBERS', KEYS[1])) do redis.call('UNLINK', key) end
return 1
"""
