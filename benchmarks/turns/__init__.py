"""How well turns are taken: made replies with known pauses and ends, through the policies alone and the whole program.

plan.py      which clips there are: texts, pauses, voices
voices.py    the speech engines that speak them
clips.py     the clips as sound, with their truth in samples, and room noise
offline.py   false cut-offs against delay: the silence timer, or any policy fed by real transcripts
card.py      a sound card whose loudspeaker and microphone are recorded on one clock
program.py   the program under test as a child process
hearing.py   what a recording says: who sounds when, where a clip lies, until when a line is spoken
live.py      clips as answers to the running program: waiting, cut-offs, resumption
overlap.py   backchannels, commands and interruptions over the partner's line
own_voice.py the program's own voice fed back into its microphone
plain.py     a plain pipeline to compare with
table.py     the figures as a table and as JSON
"""
