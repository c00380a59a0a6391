"""The words by which names are found, in lower case: facts, put together by hand."""

from rehearse.feedback.phrases import word_list

TITLES = word_list(
    """
    mr mrs ms miss mx dr doctor prof professor sir madam uncle aunt auntie
    """
)
DOES = word_list(
    """
    said says told tells asked asks thinks thought is was has had wants wanted and came comes left called
    """
)
CAPITALS = word_list(
    """
    i monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december christmas easter eid hanukkah diwali ramadan halloween thanksgiving new
    year god jesus lord mum mom mam dad mummy mommy daddy grandma grandpa granny nan nana grandad granddad
    mother father auntie english french german spanish italian american british irish scottish welsh european
    african asian indian chinese japanese polish turkish russian christian catholic jewish muslim hindu buddhist
    ok okay tv dvd hr it gp nhs uk us usa eu covid adhd ptsd ocd diy pm am netflix zoom whatsapp google facebook
    instagram internet coach oh well yes no hi hello
    """
)
"""Capitals that name nobody."""
ALSO_WORDS = word_list(
    """
    will mark rose grace hope may art bill jack faith joy sue pat rob drew chase dawn frank grant guy jean june
    april august ivy lily daisy violet ruby olive pearl amber summer autumn melody harmony charity destiny angel
    christian dean earl duke king baron miles penny rich ray robin sandy skip stone heath hunter carter mason
    cooper taylor tanner parker chance cash cole reed reid wade wells lane brook brooke cliff clay glen lance
    max nick norm peg sky star sunny tad tom buddy junior major royal bob don ted van ken kit lee ash bay bo dot
    eve gene holly iris jade jewel josh kay kelly laurel merry mercy nova opal patience poppy prudence sage
    scarlet sterling stormy trip tuesday victor wolf
    """
)
"""First names that are words as well."""
FIRST_NAMES = word_list(
    """
    aaron abby abdul abigail adam adrian agnes ahmed aidan aisha alan albert alejandro alex alexander alexandra
    alfie alfred ali alice alicia alison allison alma amanda amelia amina amir amy ana andrea andreas andrew
    angela angie anita ann anna anne annie anthony antonio archie arjun arnold arthur ashley audrey ava barbara
    barry beatrice becky ben benjamin bernard beth bethany betty beverly blake brad bradley brandon brenda
    brendan brian bridget bruce bryan caleb cameron carl carla carlos carmen carol caroline carolyn catherine
    cathy cecilia charles charlie charlotte chelsea cheryl chloe chris christina christine christopher cindy
    claire clara claudia colin connor craig crystal cynthia dan daniel daniela daniella danielle danny daphne
    darren dave david deborah debbie debra denise dennis derek diana diane diego dominic donald donna doris
    dorothy douglas duncan dylan eddie edith edward edwin eileen elaine eleanor elena eli elijah elizabeth ella
    ellen ellie elsa emily emma emmanuel eric erica erik erin esther ethan eugene eva evan evelyn fatima felix
    fernando fiona florence frances francesca francis fred freddie freya gabriel gareth gary gavin geoff george
    georgia gerald gina giovanni gloria gordon graham greg gregory gwen hamza hannah hans harold harriet harry
    harvey hassan hazel heather hector heidi helen helena henry herbert howard hugh hugo ian ibrahim imran ines
    ingrid irene isaac isabel isabella isla ismail ivan jackie jackson jacob jake james jamie jan jane janet
    janice jasmine jason javier jayden jeff jeffrey jennifer jenny jeremy jerry jess jesse jessica jill jim
    jimmy jo joan joanna joanne joe joel johan john johnny jon jonas jonathan jordan jorge jose joseph joyce
    juan judith judy julia julian julie justin karen karl kate katherine kathleen kathryn kathy katie keith
    kenneth kerry kevin khalid kim kirsty klaus kristen kyle lars laura lauren lawrence leah leila leo leon
    leonard leslie lewis liam linda lisa liz logan lois lorraine louis louise lucas lucia lucy luis luke lydia
    lynn madison malcolm mandy manuel marco marcus margaret maria mariam marie marilyn mario marion marjorie
    martha martin marvin mary mateo matilda matt matthew maureen maurice maya megan mehmet melanie melissa mia
    michael michelle miguel mike mila mohamed mohammed molly monica morgan muhammad nadia nancy naomi natalie
    natasha nathan neil nicola nicole nigel nikita nina noah nora norman oliver olivia omar oscar owen pablo
    pamela patricia patrick paul paula pauline pedro peter phil philip phoebe phyllis priya rachel ralph ramon
    raymond rebecca rhys ricardo richard rita robert roberto roger ronald ronnie rosa rosemary ross roxanne roy
    russell ruth ryan sally sam samantha samira samuel sandra sara sarah scott sean sebastian sharon sheila
    shirley silvia simon sofia sonia sophia sophie stacey stanley stefan stella stephanie stephen steve steven
    stewart stuart susan suzanne sylvia tamara tania tanya tara terence teresa terry theo theodore theresa
    thomas tiffany tim timothy tina todd tony tracey tracy trevor tyler ursula valerie vanessa vera veronica
    vicky victoria vincent virginia vivian walter wanda wayne wendy william willie xavier yasmin yusuf yvonne
    zac zach zachary zara zoe
    """
)
"""Common ones; facts, put together by hand."""
