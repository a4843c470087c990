"""What the reports call things, in Chinese."""

from __future__ import annotations

from collections.abc import Mapping

from detector.errors import ProblemCode
from detector.model import (
    CertificateForm,
    DocumentKind,
    Effect,
    Evasion,
    MarkKind,
    Outcome,
    PassageKind,
    Severity,
    Standing,
)

# What is said where the rules found nothing; never that a text is compliant.
NOTHING_FOUND = "按现有规则未发现疑似违规表述（不等于合规）。"
# What is said where all that was found stands in a baseline.
NOTHING_NEW = "除基准中已知的以外，按现有规则未发现疑似违规表述（不等于合规）。"

OUTCOMES: Mapping[str, str] = {
    Outcome.REPORT: "疑似违规",
    Outcome.REVIEW: "需人工核实",
    Outcome.DISMISSED: "已排除",
}
SEVERITIES: Mapping[str, str] = {Severity.HIGH: "高", Severity.MEDIUM: "中", Severity.LOW: "低"}
KINDS: Mapping[str, str] = {
    DocumentKind.AD: "广告",
    DocumentKind.CERTIFICATE: "证书",
    DocumentKind.WEB: "网页",
    DocumentKind.REGISTRATION: "登记信息",
}
EFFECTS: Mapping[str, str] = {Effect.RAISE: "加重", Effect.LOWER: "减轻", Effect.DISMISS: "排除"}
EVASIONS: Mapping[str, str] = {
    Evasion.WIDTH: "全角半角变形",
    Evasion.TRADITIONAL: "繁体字",
    Evasion.VARIANT: "异体字",
    Evasion.ZERO_WIDTH: "夹有零宽字符",
    Evasion.SEPARATOR: "夹有符号",
    Evasion.EMOJI: "夹有表情符号",
    Evasion.PINYIN_BRACKET: "夹注拼音",
    Evasion.MARKUP: "夹有标记",
    Evasion.LINE_SPLIT: "拆行书写",
    Evasion.PINYIN: "拼音代字",
    Evasion.LETTERS: "字母代字",
    Evasion.HOMOPHONE: "谐音字",
    Evasion.FOREIGN: "外文代替",
    Evasion.REVERSED: "倒写",
}
PASSAGES: Mapping[str, str] = {
    PassageKind.BODY: "正文",
    PassageKind.TITLE: "标题",
    PassageKind.ALT: "图片说明",
    PassageKind.META: "网页元信息",
    PassageKind.HIDDEN: "隐藏文字",
    PassageKind.JSON_LD: "结构化数据",
    PassageKind.OCR: "图片文字",
    PassageKind.SEAL: "印章文字",
    PassageKind.CODE: "二维码内容",
}
MARKS: Mapping[str, str] = {
    MarkKind.SEAL: "印章",
    MarkKind.EMBLEM: "疑似国徽图案",
    MarkKind.BADGE: "疑似部门徽标图案",
    MarkKind.CODE: "二维码或条码",
    MarkKind.PORTRAIT: "照片",
}
FORMS: Mapping[str | None, str] = {
    CertificateForm.QUALIFICATION: "职业资格证书",
    CertificateForm.SKILL_LEVEL: "职业技能等级证书",
    CertificateForm.SPECIAL_SKILL: "专项职业能力证书",
    CertificateForm.TRAINING: "培训合格证书",
    None: "不属四类证书样式",
}
STANDINGS: Mapping[str, str] = {
    Standing.LISTED: "在名单内",
    Standing.OUT_OF_SCOPE: "在名单内，但超出备案范围",
    Standing.EXPIRED: "在名单内，但不在有效期",
    Standing.BLACK_LISTED: "在黑名单内",
    Standing.LOOK_ALIKE: "与名单内机构名称近似",
    Standing.UNLISTED: "不在名单内",
    Standing.NOT_CHECKED: "未核对",
}
PROBLEMS: Mapping[str, str] = {
    ProblemCode.NOT_FOUND: "找不到文件",
    ProblemCode.EMPTY: "空文件",
    ProblemCode.UNREADABLE: "无法打开",
    ProblemCode.DAMAGED: "文件损坏",
    ProblemCode.ENCRYPTED: "有密码",
    ProblemCode.UNSUPPORTED: "格式不支持",
    ProblemCode.WRONG_EXTENSION: "扩展名与内容不符",
    ProblemCode.BAD_ENCODING: "编码有误",
    ProblemCode.TOO_LARGE: "超出大小限制",
    ProblemCode.TRUNCATED: "只读了一部分",
    ProblemCode.NO_TEXT: "没有读到文字",
    ProblemCode.OCR_FAILED: "文字识别失败",
    ProblemCode.LOW_CONFIDENCE: "识别把握不足",
    ProblemCode.LAYER_DIFFERS: "文字层与显示不符",
    ProblemCode.NOT_REACHED: "未及读取",
    ProblemCode.FAILED: "程序出错",
    ProblemCode.QUARANTINED: "已隔离",
}
