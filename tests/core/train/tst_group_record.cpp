// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/group_record.h"
#include "tests/support/strict_main.h"

using headroom::GroupRecord;

using Names = std::vector<std::string>;

class TestGroupRecord : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void namesBatchesWithNonFiniteLoss() {
        GroupRecord record;
        record.add({{{"a", "vocals", 1.25, 1}}}, true);
        record.add({{{"b", "vocals", 2, 1}, {"c", "drums", 60.04, 1}}}, false);
        QCOMPARE(record.suspects(), (Names{"b/vocals at 2.0 s", "c/drums at 60.0 s"}));
    }

    void namesAllBatchesIfOnlyGradientIsNonFinite() {
        GroupRecord record;
        record.add({{{"a", "vocals", 1, 1}}, {{"b", "vocals", 2, 1}}}, true);
        record.add({{{"a", "vocals", 1, 1}}}, true);
        QCOMPARE(record.suspects(), (Names{"a/vocals at 1.0 s", "b/vocals at 2.0 s"}));
        record.clear();
        QVERIFY(record.suspects().empty());
    }
};

HEADROOM_TEST_MAIN(TestGroupRecord)
#include "tst_group_record.moc"
