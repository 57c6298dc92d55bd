// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/support/memory_groups.h"
#include "tests/support/strict_main.h"

#include <QTemporaryDir>

#include <filesystem>
#include <fstream>

using namespace headroom;

class TestMemoryGroups : public QObject {
    Q_OBJECT

    QTemporaryDir temporary_;
    std::filesystem::path mount_;

    void write(const std::string& group, const std::string& max, const std::string& current,
               const std::string& stat = "anon 5\ninactive_file 0\n") const {
        const std::filesystem::path folder = mount_ / group;
        std::filesystem::create_directories(folder);
        std::ofstream(folder / "memory.max") << max << '\n';
        std::ofstream(folder / "memory.current") << current << '\n';
        std::ofstream(folder / "memory.stat") << stat;
    }

private Q_SLOTS:
    void init() {
        mount_ = temporary_.filePath(QString::fromLatin1(QTest::currentTestFunction())).toStdString();
    }

    void readsLimitOfAContainer() {
        write("", "1000", "700", "anon 400\ninactive_anon 1\ninactive_file 250\nactive_file 50\n");
        const auto limits = MemoryGroups(mount_, "/").limits();
        QCOMPARE(limits.size(), std::size_t(1));
        QCOMPARE(limits[0].total, std::int64_t(1000));
        QCOMPARE(limits[0].available, std::int64_t(550));
    }

    void findsLimitsOfAncestors() {
        write("user", "5000", "100");
        write("user/session", "max", "90");
        write("user/session/job", "2000", "80");
        const auto limits = MemoryGroups(mount_, "/user/session/job").limits();
        QCOMPARE(limits.size(), std::size_t(2));
        QCOMPARE(limits[0].available, std::int64_t(4900));
        QCOMPARE(limits[1].available, std::int64_t(1920));
    }

    void followsChanges() {
        write("job", "2000", "80");
        const MemoryGroups groups(mount_, "/job");
        write("job", "1000", "990");
        QCOMPARE(groups.limits().at(0).available, std::int64_t(10));
        write("job", "max", "990");
        QVERIFY(groups.limits().empty());
    }

    void isEmptyWithoutLimits_data() {
        QTest::addColumn<QString>("group");
        QTest::newRow("no group") << "";
        QTest::newRow("another version") << "memory:/job";
        QTest::newRow("missing folder") << "/gone";
        QTest::newRow("root") << "/";
    }
    void isEmptyWithoutLimits() {
        QFETCH(QString, group);
        QVERIFY(MemoryGroups(mount_, group.toStdString()).limits().empty());
    }

    void toleratesOddNumbers() {
        write("a", "1000", "2000"); // above the limit for a moment
        QCOMPARE(MemoryGroups(mount_, "/a").limits().at(0).available, std::int64_t(0));
        write("b", "1000", "10", "inactive_file 99999\n");
        QCOMPARE(MemoryGroups(mount_, "/b").limits().at(0).available, std::int64_t(1000));
        write("c", "12 monkeys", "many");
        QVERIFY(MemoryGroups(mount_, "/c").limits().empty());
    }
};

HEADROOM_TEST_MAIN(TestMemoryGroups)
#include "tst_memory_groups.moc"
