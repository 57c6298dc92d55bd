// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/data/loudest_part.h"
#include "tests/support/strict_main.h"

using namespace headroom;

class TestLoudestPart : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void findsTheLoudestPart() {
        AudioBuffer audio(1, 1000);
        for (int i = 430; i < 540; ++i)
            audio.channel(0)[i] = 1;
        audio.channel(0)[0] = 5;
        QCOMPARE(loudestPart(audio, 100, 50), std::int64_t(450)); // 90 ones
        QCOMPARE(loudestPart(audio, 200, 100), std::int64_t(400));
        QCOMPARE(loudestPart(audio, 1000, 50), std::int64_t(0));
        QCOMPARE(loudestPart(audio, 2000, 50), std::int64_t(0));
    }
    void ofSilenceItIsTheFirst() { QCOMPARE(loudestPart(AudioBuffer(2, 500), 100, 50), std::int64_t(0)); }
};

HEADROOM_TEST_MAIN(TestLoudestPart)
#include "tst_loudest_part.moc"
