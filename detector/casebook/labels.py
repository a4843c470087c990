"""What the casebook's tables, forms and commands call things, in Chinese."""

from __future__ import annotations

from collections.abc import Mapping

from detector.casebook.values import Body, Practice, StepKind, Verdict

VERDICTS: Mapping[str, str] = {
    Verdict.CONFIRMED: "确认",
    Verdict.DISMISSED: "排除",
    Verdict.NEEDS_PAPERS: "待补材料",
    Verdict.WITHDRAWN: "撤回",
}
# As the rows of the notices' tables are called (CN-2023-86 附件2, YQ-2023-196 附件1).
BODIES: Mapping[str, str] = {
    Body.QUALIFICATION: "经人社部门备案的职业资格鉴定机构",
    Body.SKILL_LEVEL: "经人社部门备案的职业技能等级认定机构",
    Body.SELF_RUN: "自行开展能力水平评价活动的机构",
    Body.TRAINING_PROJECT: "补贴性培训项目",
    Body.TRAINING_BODY: "承担补贴性培训任务的机构",
    Body.SUBORDINATE_UNIT: "主管部门所属单位",
}
# As CN-2023-86 附件1 (rows) and YQ-2023-196 附件1, 附件2 (columns) call them.
PRACTICES: Mapping[str, str] = {
    Practice.SHAM_TRAINING: "虚假培训骗取补贴",
    Practice.FORGED_DATA: "伪造篡改数据骗取补贴",
    Practice.SUBSIDY_COLLUSION: "内外勾结骗取补贴",
    Practice.INEFFECTIVE: "低效无效",
    Practice.FALSE_CLAIMS: "造假骗补冒领",
    Practice.SUBCONTRACTED: "违规转包",
    Practice.FORGED_PAPERS: "编造材料虚假发证",
    Practice.NO_EXAM: "不考试发证",
    Practice.COPYCAT: "制售山寨证书",
    Practice.CERTIFICATE_TRADE: "内外勾结倒卖证书",
}
STEPS: Mapping[str, str] = {
    StepKind.TALK: "约谈",
    StepKind.RECTIFICATION: "限期整改",
    StepKind.PENALTY: "行政处罚",
    StepKind.RESULTS_VOID: "取消评价结果、宣布证书作废",
    StepKind.FILING_CANCELLED: "取消备案",
    StepKind.OFF_CATALOGUE: "移出目录",
    StepKind.BLACK_LISTED: "列入黑名单",
    StepKind.SITE_CLOSED: "关停网站、账号",
    StepKind.REFERRED: "转有关部门处理",
    StepKind.TRANSFERRED: "移送公安机关",
    StepKind.CASE_FILED: "立案",
    StepKind.CASE_SOLVED: "破案",
    StepKind.NOT_FILED: "不予立案",
    StepKind.CASE_WITHDRAWN: "撤销案件",
    StepKind.SUBSIDY_RECOVERED: "追回补贴资金",
    StepKind.GAINS_CONFISCATED: "没收违法所得",
    StepKind.HELD_LIABLE: "追究法律责任",
    StepKind.OTHER: "其他",
}
