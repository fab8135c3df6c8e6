"""What files are grown from: rules beside those of texts, and records as the package writes them."""

from __future__ import annotations

from fuzz.grammar import RULES, Grammar

_FILES: dict[str, tuple[str, ...]] = {
    "word": ("ivanova", "petrov", "Анна", "Анна Иванова", "week-1", "adam-two-steps", "matrix-mul", "w[1]", "w1", "A",
        "../..", "=1+1", "-rf", "con", "NUL", "<strange>", "<name>", "a@b.c", "Ё", "é", "нет", "on", "~", "0",
        "<digits>", "практика"),
    "code": ("AMR3-MX66-SR7QF", "BPGG-28C8-30GJV", "9FBS-53EJ-3H47A", "amr3 mx66 sr7qf", "<digits>", "",
        "АМR3-МХ66-SR7QF", "<word>"),
    "yaml value": ("<answer>", "<answer>", "<word>", "'<answer>'", "\"<latex>\"", "[<row>]", "{<name>: <number>}",
        "|\n      <answer>\n      <answer>", "", "!!<name> <answer>", "&a <number>", "*a", "- <answer>",
        ">\n <answer>", "# <word>"),
    "yaml line": ("    <name>: <yaml value>\n", "    <word>: <yaml value>\n", "    <name>[<digit>]: <yaml value>\n",
        "    variant: <code>\n", "    # <word>\n", "  <word>:\n", "\n", "   <word>\n", "\t<name>: <number>\n"),
    "yaml lines": ("<yaml line>", "<yaml line><yaml lines>", "<yaml line><yaml line><yaml lines>"),
    "answers file": ("student: <word>\nassignment: <word>\nanswers:\n  <word>:\n    variant: <code>\n<yaml lines>",
        "student: <word>\nlanguage: <word>\nanswers:\n<yaml lines>", "<yaml lines>",
        "answers:\n  <word>: {<name>: <number>}\n",

        "Student: <word>\nassignment: <word>\nanswers:\n  <word>:\n<yaml lines>  <word>:\n<yaml line>",
                     "{\"student\": \"<word>\", \"answers\": {\"<word>\": {\"<name>\": <number>}}}"),
    "cell": ("<word>", "<word>", "<number>", "\"<word>, <word>\"", "\"<word>\"\"<word>\"", "", "<language>",
        "\"<word>\n<word>\"", "'<word>", "@<word>", "\"<word>"),
    "language": ("ru", "en", "Русский", "english", "", "-", "de", "<word>"),
    "between": (",", ",", ",", ";", "\t"),
    "header": ("student,name,language", "ФИО;Группа;Язык", "Student,ID,SIS User ID,SIS Login ID,Section",
        "First name,Surname,ID number,Email address", "name", "<cells>", "Фамилия;Имя;Логин", "sep=;\nstudent;name",
        "id\tname"),
    "cells": ("<cell><between><cell>", "<cell>,<cell>,<language>", "<cell>;<cells>", "<cell>,<cells>", "<cell>"),
    "cell lines": ("<cells>\n", "<cells>\n<cell lines>", "<cells>\r\n<cell lines>", "\n<cells>\n"),
    "roster": ("<header>\n<cell lines>", "<header>\n<cells>\n<cells>\n<cell lines>", "<cell lines>"),
    "share": ("<digits> %", "50 %", "1/4", "0.<digit>", "1/0", "full", "no", "<number>", "200 %"),
    "price": ("free", "no", "<share>", "<number>", "20 %"),
    "length": ("<digits> min", "2 h", "7 days", "1 week", "<number> <word>", "99999 days"),
    "due": ("2026-12-01 23:59", "2026-12-01", "2026-02-30 23:59", "2026-12-01 24:00 Europe/Moscow", "0000-01-01",
        "9999-12-31 23:59", "<digits>-<digits>-<digits> 10:00", "2026-12-01 23:59 +03:00", "<word>"),
    "policy line": ("  attempts: <digits>\n", "  attempts: unlimited\n", "  counts: last\n", "  follow: <share>\n",
        "  follow: {share: <share>, unexplained: <share>}\n", "  reveal: {at once: verdicts, after due: solutions}\n",
                    "  reveal: points\n", "  reveal: {at once: <word>, after attempts: slips}\n", "  due: <due>\n",
                    "  late: <share> per day\n",
                    "  late: {per hour: <share>, at most: <share>, grace: <length>, closed after: <length>}\n",
                    "  late: closed\n",
                    "  hints: {slip: <price>, step: <price>}\n", "  hints: <price>\n", "  readings: first\n",
                    "  <word>: <yaml value>\n"),
    "policy lines": ("<policy line>", "<policy line><policy lines>", "<policy line><policy line><policy lines>"),
    "item": ("  - <word>\n", "  - adam-two-steps\n", "  - {problem: <word>, as: <word>}\n",
        "  - {problem: matrix-mul, as: m<digit>, set: {A: \"<matrix>\"}}\n",
        "  - {problem: <word>, require: <word>}\n", "  - problem: <word>\n    set:\n      <name>: <yaml value>\n"),
    "items": ("<item>", "<item><items>"),
    "assignment": ("title: <word>\nproblems:\n<items>policy:\n<policy lines>",
        "title: {en: <word>, ru: <word>}\nproblems:\n<items>policy:\n<policy lines>",
        "title: {en: Week, ru: Неделя}\nproblems: [<word>, <word>]\npolicy: {due: <due>, late: <share> per day}\n",
        "problems:\n<items>"),
    "course": ("title: <word>\nlanguage: <language>\nsecret: <word>\ntimezone: Europe/Moscow\n",
        "title: <word>\nroster: {student: <word>, name: <word>}\ntimezone: <word>\n",
        "title: <yaml value>\nsecret: <yaml value>\n<word>: <word>\n", "timezone: ../<word>\n",
        "timezone: UTC+3\nlanguage: en\n"),
    "json": ("<number>", "\"<word>\"", "[]", "{}", "null", "true", "[<json>, <json>]", "{\"<word>\": <json>}", "1e999",
        "-0", "\"\\u0000\"", "\"\\ud800\"", "[[[<json>]]]", "NaN"),
    "stamp": ("20261130T184512", "20261130T184512-2", "20260230T184512", "99991231T235959", "20261130T184512-999999",
        "00000101T000000", "<digits>", "<word>"),
}  # fmt: skip
GROWN = Grammar(RULES | _FILES)

VERDICT = (
    '{"student": "ivanova", "assignment": "week-1", "problems": [{"problem": "matrix-mul", "points": 2, '
    '"variant": "AMR3-MX66-SR7QF", "asks": [{"id": "C", "status": "wrong", "typed": "[[1, 2]]"}, '
    '{"id": "D", "status": "invalid", "typed": {"b": "1"}}]}]}'
)
HINT = (
    '{"time":"2026-11-30T18:45:12Z","student":"ivanova","assignment":"week-1","problem":"matrix-mul","ask":"C",'
    '"rung":"step:C","price":0.5}'
)
RECORD = (
    '{"student": "ivanova", "assignment": "week-1", "label": "matrix-mul", "problem": "matrix-mul", '
    '"variant": "AMR3-MX66-SR7QF", "digest": "0a1b", "form": {"inner": "2"}, '
    '"given": {"A": [[1.0, 2.0], [3.0, 4.0]], "B": [[0.0, 1.0], [1.0, 0.0]]}}'
)
