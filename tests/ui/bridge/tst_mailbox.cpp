// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/strict_ui_main.h"
#include "ui/bridge/mailbox.h"

#include <thread>

using headroom::ui::Mailbox;

class TestMailbox : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void deliversValuesOfOtherThreadsInOrder() {
        std::vector<int> arrived;
        bool onOwnerThread = true;
        Mailbox<int> mailbox("test", [&](std::vector<int> values) {
            onOwnerThread = onOwnerThread && QThread::currentThread() == qApp->thread();
            arrived.insert(arrived.end(), values.begin(), values.end());
        });
        constexpr int count = 1000;
        std::jthread poster([&mailbox] {
            for (int i = 0; i < count; ++i)
                mailbox.post(i);
        });
        QTRY_COMPARE(arrived.size(), static_cast<std::size_t>(count));
        QVERIFY(onOwnerThread);
        QVERIFY(std::is_sorted(arrived.begin(), arrived.end()));
    }

    void deliversManyValuesWithOneWakeUp() {
        int wakeUps = 0;
        std::size_t arrived = 0;
        Mailbox<int> mailbox("test", [&](std::vector<int> values) {
            ++wakeUps;
            arrived += values.size();
        });
        for (int i = 0; i < 100; ++i)
            mailbox.post(i);
        QTRY_COMPARE(arrived, std::size_t{100});
        QCOMPARE(wakeUps, 1);
    }

    void deliversNothingAfterDestruction() {
        int wakeUps = 0;
        {
            Mailbox<int> mailbox("test", [&](std::vector<int>) { ++wakeUps; });
            mailbox.post(1);
        }
        QCoreApplication::processEvents();
        QCOMPARE(wakeUps, 0);
    }
};

HEADROOM_UI_TEST_MAIN(TestMailbox)
#include "tst_mailbox.moc"
