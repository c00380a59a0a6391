"""The little words that every sentence is made of: by them a language is known, even from a few words.

Pronouns, articles, prepositions, conjunctions, auxiliaries, and the commonest words of talk between two people, written
without accents (`language.py` drops them too). An apostrophe ends an elided word ("j'ai" is "j'" and "ai"). The words
were chosen by hand; a word that is also English counts as English.
"""

from rehearse.feedback.phrases import word_list

ENGLISH = word_list(
    """
    a an the this that these those i you he she it we they me him her us them my your his its our their mine yours
    hers ours theirs myself yourself himself herself itself ourselves themselves who whom whose which what where
    when why how and or but nor so yet if then than because cause although though unless until till while as of to
    in on at by for with about against between into through during before after above below from up down out off
    over under again further once here there all any both each few more most other some such no not only own same
    too very just also still even ever never always often sometimes maybe perhaps am is are was were be been being
    have has had having do does did doing done will would shall should can could may might must ought cannot don
    didn doesn isn wasn aren weren won wouldn couldn shouldn hasn haven hadn ain t ll ve re im ive id ill youre dont
    didnt doesnt isnt wasnt wont cant couldnt wouldnt shouldnt thats whats theres gonna wanna gotta kinda sorta
    dunno lemme gimme innit aint yall cuz cos yes yeah yep yup nope nah okay ok oh ah aw um uh er erm hm hmm mhm mm
    huh hey hi hello bye please thanks thank sorry sure right fine well wow god gosh damn hell jesus christ man mate
    dude bro love honey babe baby dear darling sweetheart sir mum mom dad mother father sister brother wife husband
    son daughter kid kids boy girl friend friends boss work job home house day days night week month year time today
    tomorrow yesterday tonight morning now later soon ago back away together alone else instead like know think
    thought mean meant say said says tell told talk talking ask asked feel feels feeling felt sound sounds look
    looks looking see saw seen seem seems hear heard listen listening want wanted need needed get got getting go
    goes going gone went come came coming make made making take took taken give gave given let put keep kept try
    tried trying help find found leave left call called use used worked wait waiting wish hope guess bet care
    believe remember forget forgot happen happened start started stop stay sit stand hold hurt miss hate worry
    worried bad good better best worse worst hard nice great little big old new long different whole really actually
    probably definitely honestly exactly totally pretty quite enough much many lot lots bit kind sort thing things
    something anything nothing everything someone anyone everyone nobody somebody everybody people way part point
    one two three first last next angry sad mad upset tired scared happy lonely proud afraid glad fault matter deal
    busy true wrong fair stuff around since without already almost anyway whatever course cool easy gotten aye wee
    lad lass ya ye yous youse nowt owt summat bloody bugger crikey oi ta cheers y'all d'you c'mon ma'am o'clock die
    men war dat dem dis
    """
)

OTHERS = {
    "de": word_list(
        """
        ich du er sie es wir ihr mich dich sich uns euch mir dir ihm ihnen mein meine meinen meiner meinem dein
        deine deinen deiner deinem sein seine unser der das den dem des ein eine einen einem einer eines kein keine
        keinen und oder aber denn weil dass wenn ob als wie nicht nichts nie immer noch schon auch nur sehr mal ja
        nein doch ist bin bist sind seid war waren warst habe hab hast hat haben hatte hattest wird werde wirst
        werden wurde kann kannst konnte muss musst musste soll sollte solltest will willst wollte mag mochte darf
        mit von zu zum zur bei nach vor fur auf aus an im um uber unter ohne gegen durch seit bis hier da dort jetzt
        heute gestern was wer wo wann warum wieso wirklich einfach alles etwas leid mach machst gut schlimm danke
        bitte wieder dann weiß klar genau eben halt die so am in man also kind best still
        """
    ),
    "fr": word_list(
        """
        je j' tu il elle on nous vous ils elles me m' te t' se s' le la les l' lui leur un une des du de d' au aux
        ce c' cette ces ca cela mon ma mes ton ta tes sa ses notre votre nos vos et ou mais donc car ni que qu' qui
        quoi dont quand comment pourquoi ne n' pas plus jamais rien tout tous toute toutes tres trop bien mal oui
        non si est es suis sont etait etais etre ai as avons avez ont avait avais avoir fait fais faire va vas vais
        aller peux peut veux veut dois doit dit dis sais sait dans sur sous avec sans pour par chez vers apres avant
        depuis encore toujours aussi alors comme ici merci desole vraiment quelque chose moi toi juste devrais
        aurais serais a or son in
        """
    ),
    "es": word_list(
        """
        yo tu el ella nosotros ustedes ellos ellas me te se nos lo la los las le les un una unos unas de del al y o
        u pero porque que quien como cuando donde cual si no ni mas muy tan tanto mucho mucha poco todo toda todos
        nada algo nunca siempre tambien ya aun mi mis tus su sus es eres soy son era eras fue fui ser esta estas
        estoy estaba estabas estar he has ha hay habia tengo tienes tiene tener quiero quieres quiere puedo puedes
        puede hacer hace hago haces dices dice dijo voy vas va para por con sin en sobre desde hasta entre eso esto
        ese esa este aqui ahi alli ahora luego hoy bien mal asi claro verdad siento gracias favor cosa dia debe mio
        mia contigo conmigo ti a
        """
    ),
    "it": word_list(
        """
        io tu lui lei noi voi loro mi ti si ci vi ne lo la li le gli il i un uno una un' l' di del della dei delle
        dello da dal dalla nel nella nei al alla ai alle sul sulla con per tra fra su e ed o ma perche che chi come
        quando dove cosa cos' se non piu molto tanto troppo tutto tutta tutti niente nulla qualcosa mai sempre anche
        ancora gia mio mia miei mie tuo tua tuoi tue suo sua e' sei sono siamo era ero eri stato stata essere ho hai
        ha abbiamo hanno avevo avere fai fa fare faccio voglio vuoi vuole posso puoi puo devo devi deve dire detto
        so sai questo questa quello quella quel bene male allora poi dopo oggi ora adesso qui proprio davvero
        dispiace grazie me te c' m' t' d' dell' nell' all' sto stai sta stavo quindi cosi prima dai a in no
        """
    ),
    "pt": word_list(
        """
        eu tu voce voces ele ela nos eles elas me te se lhe o a os as um uma de do da dos das em no na nas ao aos
        pelo pela por para pra com sem sobre ate entre e ou mas porque que quem como quando onde qual nao nem mais
        muito muita tao tanto tudo todo toda nada algo nunca sempre tambem ja ainda meu minha meus minhas teu tua
        seu sua isso isto esse essa este esta aquilo es sou somos sao era foi fui ser estou estas estava estar tenho
        tens tem tinha ter ha quero queres quer posso pode podes fazer faz faco disse dizer diz vou vai vais sei bem
        mal assim claro aqui ali agora depois hoje ontem entao sim obrigado sinto verdade coisa dia deve gente
        comigo contigo mim ti culpa so
        """
    ),
    "nl": word_list(
        """
        ik jij je jou hij zij ze wij we jullie hem haar hun ons mij me mijn jouw zijn onze het de een en of maar
        want omdat dat die dit deze als toen waar wie wat hoe waarom wanneer niet niets niks geen nooit altijd
        nog al ook wel alleen heel erg zo ja nee toch ben bent is waren was heb hebt heeft hebben had wordt word
        worden werd kan kunt kon moet moeten moest zal zou wil wilt wilde mag ga gaat gaan doe doet doen met van
        voor naar bij op uit over onder zonder tegen door tot sinds hier daar nu vandaag gisteren echt gewoon alles
        iets iemand goed slecht spijt vertel zeg zegt gezegd even eens meer te er om aan in dus snap man hard best
        kind
        """
    ),
    "sv": word_list(
        """
        jag du han hon den det vi ni de dem mig dig sig oss er min mitt mina din ditt dina sin sitt sina var vart en
        ett och eller men for att som om nar dar hur vad vem varfor inte inget ingen inga ingenting aldrig alltid
        ocksa bara mycket valdigt sa ja nej jo ar varit vara blir bli blev har hade ha kan kunde maste ska skulle
        vill ville far fick gor gora gjorde gar ga sager saga med av till fran pa under over utan mot efter fore hos
        i nu idag igar verkligen lite allt nagot nagon bra ledsen tack vet kanner forstar mar an da sen sedan nog
        val ju tycker beratta man
        """
    ),
    "pl": word_list(
        """
        ja ty on ona ono my wy oni mnie mi ciebie cie ci jego go jej mu nas nam was wam ich im sie siebie sobie moj
        moja moje moim twoj twoja twoje swoj to ten ta te tego tej tym tak nie i a oraz ale albo bo ze zeby gdy
        kiedy gdzie jak co kto dlaczego czemu czy jesli niz jest jestem jestes sa byl byla bylo byc bylem bylam
        bedzie bede bedziesz mam masz ma miec mial moge mozesz moze chce chcesz musze musisz musi powinienes
        powinnas wiem wiesz rozumiem w we z do na po od dla przez przed pod nad bez przy o u juz jeszcze tylko tez
        bardzo zawsze nigdy nic cos wszystko dobrze zle teraz dzisiaj dzis wczoraj naprawde prostu przykro prosze
        dziekuje racje przeciez no daj czyli mad
        """
    ),
    "tr": word_list(
        """
        ben sen o biz siz onlar beni seni onu bizi bana sana ona bize bende sende benim senin onun bizim sizin bu su
        bunu sunu bir ve veya ya ama fakat cunku icin gibi kadar ile de da ki mi mı mu misin mısın degil yok var
        evet hayır ne neden nicin nasıl kim nerede zaman cok daha en hic her hep hicbir sey seyi simdi bugun dun
        yarın sonra once bile sadece yine zaten artık gercekten tamam lutfen uzgunum tesekkur oldu olur olan olmalı
        olmak ol et etme yap yapma biliyorum anlıyorum istiyorum ister haklısın iyi kotu yani belki eger diye boyle
        oyle birsey bazı butun on
        """
    ),
    "cy": word_list(
        """
        fi mi ti di e ef o hi ni nhw chi fy dy ei ein eich eu y yr 'r a ac ond neu os pan pam sut beth pwy ble yn
        yng ym i am ar at gan gyda heb dan dros wrth rhag tan mae mae' maen wyt rwyt rydw dw dwi ydw ydy yw oes oedd
        roedd oeddwn roeddwn bydd fydd byddaf bod wedi ddim dim nid na nac paid peidio hyn hynny hwn hon iawn dda da
        drwg ddrwg mor rhy fel felly wedyn nawr heddiw ddoe yfory eto bob popeth rhywbeth unrhyw gen gennyf eisiau
        rhaid gwneud wnei wnes mynd siarad dweud dwed gwybod deall teimlo arna arnat wrtha wrthot ti' i' dw' sy' e'
        ie nage diolch sori fwy mwy fawr lot
        """
    ),
    "id": word_list(
        """
        aku saya kamu kau anda dia ia kami kita mereka ku mu nya ini itu yang dan atau tapi tetapi karena kalau jika
        agar supaya bahwa untuk dari ke di pada dengan tanpa dalam oleh tentang seperti adalah ada tidak tak bukan
        jangan belum sudah telah akan sedang lagi masih juga saja hanya cuma sangat sekali terlalu lebih paling
        selalu pernah semua setiap apa siapa kenapa mengapa bagaimana kapan mana bisa harus mau ingin perlu boleh
        tahu bilang bicara merasa maaf terima kasih ya iya benar baik buruk hari sekarang nanti tadi kok sih dong
        buat sama begitu pasti jadi lalu aja banget gak nggak
        """
    ),
}
"""By ISO 639-1 code."""
