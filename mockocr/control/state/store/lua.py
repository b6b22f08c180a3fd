"""The steps of the store in Redis, each one script and so atomic there.

Every script gets the keys of what it works on, as `KEYS` names them beside it; the last key is
always the set of all keys that the store has used, by which it can forget everything.
"""

from __future__ import annotations

KNOW = "for i = 1, #KEYS do redis.call('SADD', KEYS[#KEYS], KEYS[i]) end\n"

PUT = (
    KNOW
    + """-- rows, order, sequence, known; key, document
if redis.call('HSET', KEYS[1], ARGV[1], ARGV[2]) == 1 then
  redis.call('ZADD', KEYS[2], redis.call('INCR', KEYS[3]), ARGV[1])
end
return 1
"""
)

SWAP = (
    KNOW
    + """-- rows, order, sequence, known; key, old document or '', new document
local old = redis.call('HGET', KEYS[1], ARGV[1]) or ''
if old ~= ARGV[2] then return 0 end
if redis.call('HSET', KEYS[1], ARGV[1], ARGV[3]) == 1 then
  redis.call('ZADD', KEYS[2], redis.call('INCR', KEYS[3]), ARGV[1])
end
return 1
"""
)

DROP = """-- rows, order, known; key
redis.call('ZREM', KEYS[2], ARGV[1])
return redis.call('HDEL', KEYS[1], ARGV[1])
"""

ROWS = """-- rows, order, known
local found = {}
for i, key in ipairs(redis.call('ZRANGE', KEYS[2], 0, -1)) do
  found[i] = redis.call('HGET', KEYS[1], key)
end
return found
"""

COUNT = (
    KNOW
    + """-- counters, names, known; name, by, least or '', most or '', window, how many of those
-- a counter is kept as lines of value and window by turns, the window that was counted last first
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

_BEGINNING = """-- counters, names, known; prefix
local names
if ARGV[1] == '' then
  names = redis.call('ZRANGE', KEYS[2], 0, -1)
else
  names = redis.call('ZRANGEBYLEX', KEYS[2], '[' .. ARGV[1], '(' .. ARGV[1] .. '\\255')
end
"""

COUNTS = (
    _BEGINNING
    + """
local found = {}
for i, name in ipairs(names) do
  found[2 * i - 1] = name
  found[2 * i] = redis.call('HGET', KEYS[1], name)
end
return found
"""
)

FORGET = (
    _BEGINNING
    + """
for _, name in ipairs(names) do
  redis.call('HDEL', KEYS[1], name)
  redis.call('ZREM', KEYS[2], name)
end
return #names
"""
)

CLAIM = (
    KNOW
    + """-- tokens, order, sequence, known; token, until, now, how many at most
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

_STATE = """
local function state()
  local bytes, dropped = unpack(redis.call('HMGET', KEYS[6], 'bytes', 'dropped'))
  return {redis.call('ZCARD', KEYS[4]), tonumber(bytes or 0), tonumber(dropped or 0)}
end
"""

SHELVE = (
    KNOW
    + _STATE
    + """-- rows, rests, costs, order, blobs, state, sequence, known;
-- key, row, rest, cost, most, lost, then digest and blob by turns
local function weigh(bytes) redis.call('HINCRBY', KEYS[6], 'bytes', bytes) end
local function remove(key)
  local words = {}
  for word in string.gmatch(redis.call('HGET', KEYS[3], key), '%S+') do
    words[#words + 1] = word
  end
  weigh(-tonumber(words[1]))
  for i = 2, #words do
    if redis.call('HINCRBY', KEYS[6], words[i], -1) == 0 then
      weigh(-redis.call('HSTRLEN', KEYS[5], words[i]))
      redis.call('HDEL', KEYS[5], words[i])
      redis.call('HDEL', KEYS[6], words[i])
    end
  end
  for i = 1, 3 do redis.call('HDEL', KEYS[i], key) end
  redis.call('ZREM', KEYS[4], key)
end
if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 1 then remove(ARGV[1]) end
local costs = ARGV[4]
for i = 7, #ARGV, 2 do
  if redis.call('HINCRBY', KEYS[6], ARGV[i], 1) == 1 then
    redis.call('HSET', KEYS[5], ARGV[i], ARGV[i + 1])
    weigh(string.len(ARGV[i + 1]))
  end
  costs = costs .. ' ' .. ARGV[i]
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
redis.call('HSET', KEYS[2], ARGV[1], ARGV[3])
redis.call('HSET', KEYS[3], ARGV[1], costs)
redis.call('ZADD', KEYS[4], redis.call('INCR', KEYS[7]), ARGV[1])
weigh(ARGV[4])
local dropped = tonumber(ARGV[6])
while state()[2] > tonumber(ARGV[5]) do
  local oldest = redis.call('ZRANGE', KEYS[4], 0, 0)[1]
  if not oldest then break end
  remove(oldest)
  dropped = dropped + 1
end
if dropped > 0 then redis.call('HINCRBY', KEYS[6], 'dropped', dropped) end
return state()
"""
)

NEWEST = """-- rows, order, known; before which place, how many
local found = {}
local page = redis.call(
  'ZREVRANGEBYSCORE', KEYS[2], ARGV[1], '-inf', 'WITHSCORES', 'LIMIT', 0, ARGV[2])
for i = 1, #page, 2 do
  found[i] = page[i + 1]
  found[i + 1] = redis.call('HGET', KEYS[1], page[i])
end
return found
"""

FIND = """-- rows, rests, costs, known; key
local row = redis.call('HGET', KEYS[1], ARGV[1])
if not row then return {} end
return {row, redis.call('HGET', KEYS[2], ARGV[1]), redis.call('HGET', KEYS[3], ARGV[1])}
"""

BLOB = "return redis.call('HGET', KEYS[1], ARGV[1])"

TALLY = _STATE + "return state()"

WIPE = "for i = 1, #KEYS - 1 do redis.call('UNLINK', KEYS[i]) end return 1"

CLEAR = """-- known
for _, key in ipairs(redis.call('SMEMBERS', KEYS[1])) do redis.call('UNLINK', key) end
return 1
"""
