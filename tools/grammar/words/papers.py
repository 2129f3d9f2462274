"""Papers, meetings and schemes that a figure is wanted for: ESOS return, board pack, dissertation, tender, CDP.

They change nothing where they are what the figure is for ("for the SECR filing", "to put into my thesis"), what is
being prepared ("I am drafting the annual report"), or a heading ("Board pack: ..."). Elsewhere they may be what is
asked of: "the invoice of b4", "the cost of the audit", "report server", "during the conference". So a word of this
file is dropped by its place alone: see `words.place`. What goes on in a building and uses energy there (exams,
lectures, concerts, cooking, meetings at large) is in no list: "electricity for the exams" narrows the figure.
"""

from typing import Final

PAPERS: Final = """
    abstract accounts accreditation advert advertisement affidavit agenda album analysis announcement annex answer
    appeal appendices appendix application appraisal article articles assessment assignment assignments attachment
    backgrounder banner bid bids biography blog bond book booklet brief briefs brochure budget budgets bulletin
    caption casebook case certificate chapter checklist circular claim claims clause column commentary comparison
    competition compendium conclusion consultation contract correspondence coursework curriculum dashboard dataset
    datasheet debate deck decks declaration deliverable deliverables description diary digest directive disclosure
    disclosures discussion dissertation dissertations documentation document documents doc docs dossier draft drafts
    editorial email emails endorsement enquiry essay essays estimate evaluation evidence exercise explanation
    factsheet faq feature file files filing filings findings flyer folder folio footnote form forms framework
    funding gazette glossary grant guide handbook handout headline homework inbox infographic initiative inquiry
    interview introduction intro intranet inventory invitation invoice invoicing journal justification keynote
    leaflet ledger letter letters licence license log logbook magazine mailout manifesto manual manuscript matrix
    memo memorandum memos message minutes model monograph narrative negotiation negotiations news newsletter
    notebook notes noticeboard notice notification obligation opinion overview outline pack package packs pamphlet
    paper papers paperwork paragraph petition pitch planner plan plans policy poster posters post pq preface
    presentation presentations prospectus proposal proposals publication project projects question questionnaire
    questionnaires quiz quote quotation reaccreditation rebuttal recap recommendation reconciliation record records
    register registration regulations release reply report reports reporting request requests research response
    responses return returns review reviews roadmap rollout roundup scorecard section sheet sheets signoff slide
    slidedeck slides snapshot spec specification specs speech spiel spreadsheet spreadsheets statement statements
    story strategy study studies submission submissions summary survey surveys syllabus synopsis table tables talk
    target targets template tender tenders tendering testimonial testimony text thesis theses ticket toolkit tracker
    transcript transcripts treatise tutorial tweet update updates valuation verification viva warranty webpage
    website whitepaper wiki workbook worksheet writeup curiosity reference purposes msc masters bachelors mba bsc
    meng dphil phd degree module argument dispute bet wager row benchmarking costing modelling modeling
    decarbonisation decarbonization publicity
"""
EVENTS: Final = """
    acquisition disposal merger takeover flotation dilapidations leasing lease refinance insurance rebrand agm egm
    appointment assembly audit audits awayday briefing briefings call calls catchup chat check checks committee
    conversation debrief decision dialogue forum handover hearing huddle inspection investigation kickoff meet
    meeting meetings plenary reappraisal refinancing renewal retender round rounds seminar session standup summit
    surveillance symposium sync teleconference townhall visit visits vote webinar workshop yearend monthend
    quarterend deadline due diligence appraisal planning budgeting forecasting
"""
SCHEMES: Final = """
    aashe aqar aicte assurance breeam bronze bsi cbam cca ccl cdsb cdp charter cop26 cop28 crc csrd disclosure ecbc
    ecap ece ems enms epbd esg esos esrs eed eets ets efrag emas energystar ghgp gold gresb griha gri hefce hesa
    igbc isae iso ifrs issb leed mees naac nabers nba netzero nirf ofs pas pcaf pri ppn psds ref sbt sbti sdg sdgs
    secr seai sfdr silver platinum salix tcfd tnfd ugc ukgbc ungc wbcsd wri foi foia eir rfi rfp rfq itt pqq sq cpd
    hnd btec gcse
"""
NAMES_OF: Final = (  # long names of schemes: they hold words of the field that are not meant
    r"energy savings? opportunit(?:y|ies) scheme",
    r"streamlined energy (?:and|&) carbon reporting",
    r"carbon disclosure project",
    r"carbon reduction commitment",
    r"due diligence(?: on the (?:disposal|acquisition|sale|purchase|refinancing|letting) of)?",
    r"(?:display energy|energy performance) certificates?(?= (?:submission|application|renewal|lodgement))",
    r"climate change (?:agreement|levy)",
    r"(?:minimum )?energy efficiency (?:standards?|directive)",
    r"energy performance of buildings directive",
    r"energy conservation building code",
    r"perform,? achieve (?:and )?trade",
    r"science[ -]based targets?(?: initiative)?",
    r"task ?force on climate[ -]related financial disclosures?",
    r"global reporting initiative",
    r"greenhouse gas protocol(?= (?:report|filing|return))",
    r"public sector decarboni[sz]ation scheme",
    r"energy star(?= (?:portfolio|submission|application|return|filing))",
    r"net[ -]zero (?=plan|strategy|roadmap|report|statement|pathway|pledge|commitment|submission|update)",
)
STANDARD: Final = r"\b(?:iso(?:/iec)?|iec|bs en|bs|pas|ppn)"
PAPER_WORDS: Final = frozenset(f"{PAPERS} {EVENTS} {SCHEMES}".split())
ALONE: Final = frozenset(SCHEMES.split())  # these need no "the" before them: "for ESOS"
