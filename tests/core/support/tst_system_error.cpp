// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/support/system_error.h"
#include "tests/support/strict_main.h"

#include <cerrno>
#include <string>

using namespace headroom;

class TestSystemError : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void remediesFitTheCause_data() {
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("remedy");
        QTest::newRow("full disk") << ENOSPC << "Free some space on this disk, or choose another location.";
        QTest::newRow("quota") << EDQUOT << "Free some space on this disk, or choose another location.";
        QTest::newRow("permission") << EACCES << "Check the permissions, or choose another location.";
        QTest::newRow("owner") << EPERM << "Check the permissions, or choose another location.";
        QTest::newRow("read-only") << EROFS << "This file system is read-only: choose another location.";
        QTest::newRow("file size")
            << EFBIG << "This file system does not support files of this size: choose another location.";
        QTest::newRow("open files") << EMFILE << "Raise the limit of open files with ulimit -n.";
        QTest::newRow("disk") << EIO << "The disk or its connection may be failing: check the system log.";
        QTest::newRow("network drive")
            << ESTALE << "The network drive has changed: try again, or remount it.";
        QTest::newRow("unknown") << EINVAL << "";
    }
    void remediesFitTheCause() {
        QFETCH(int, code);
        QFETCH(QString, remedy);
        for (const Error& error : {systemError("cannot write the file", "/data/a.wav", code),
                                   openError("cannot write the file", "/data/a.wav", code)}) {
            QVERIFY(error.kind() == ErrorKind::Failure);
            QCOMPARE(QString::fromStdString(error.remedy()), remedy);
            QCOMPARE(error.where(), std::string("/data/a.wav"));
            QVERIFY2(std::string(error.what()).starts_with("cannot write the file: "), error.what());
        }
    }

    /// The message says all: no remedy for the disk follows.
    void aWrongPathIsAnInputError() {
        for (const int code : {ENOENT, ENOTDIR, ENAMETOOLONG, ELOOP}) {
            const Error error = openError("cannot open the file", "/data/none.wav", code);
            QVERIFY(error.kind() == ErrorKind::Input);
            QCOMPARE(error.remedy(), std::string());
        }
        QCOMPARE(openError("cannot open the file", "/data/none.wav", ENOENT).message(),
                 std::string("/data/none.wav: cannot open the file: No such file or directory"));
    }
};

HEADROOM_TEST_MAIN(TestSystemError)
#include "tst_system_error.moc"
