// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/support/openmp_spin.h"
#include "tests/support/strict_run.h"

#include <QCoreApplication>
#include <QProcess>
#include <QtTest>

#include <cstdlib>
#include <cstring>

namespace {

QByteArray value(const char* name) {
    const char* text = std::getenv(name);
    return text == nullptr ? "-" : text;
}

/// The environment and arguments that a program sees after it has called limitOpenMpSpin().
QByteArray childOutput(QProcessEnvironment environment) {
    QProcess child;
    child.setProcessEnvironment(environment);
    child.start(QCoreApplication::applicationFilePath(), {QStringLiteral("child"), QStringLiteral("a b")});
    return child.waitForFinished(-1) && child.exitCode() == 0 ? child.readAllStandardOutput() : QByteArray();
}

} // namespace

class TestOpenMpSpin : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        environment_ = QProcessEnvironment::systemEnvironment();
        environment_.remove(QStringLiteral("OMP_WAIT_POLICY"));
        environment_.remove(QStringLiteral("GOMP_SPINCOUNT"));
    }

    void restartsProgramWithFewSpins() { QCOMPARE(childOutput(environment_), QByteArray("- 200 a b\n")); }

    void keepsTheEnvironmentOfTheUser() {
        environment_.insert(QStringLiteral("GOMP_SPINCOUNT"), QStringLiteral("7"));
        QCOMPARE(childOutput(environment_), QByteArray("- 7 a b\n"));
        environment_.remove(QStringLiteral("GOMP_SPINCOUNT"));
        environment_.insert(QStringLiteral("OMP_WAIT_POLICY"), QStringLiteral("active"));
        QCOMPARE(childOutput(environment_), QByteArray("active - a b\n"));
    }

private:
    QProcessEnvironment environment_;
};

int main(int argc, char** argv) {
    if (argc == 3 && std::strcmp(argv[1], "child") == 0) {
        headroom::limitOpenMpSpin(argv);
        const QByteArray found = value("OMP_WAIT_POLICY") + ' ' + value("GOMP_SPINCOUNT") + ' ' + argv[2];
        return std::puts(found.constData()) < 0 || std::fflush(stdout) != 0 ? 1 : 0;
    }
    QCoreApplication application(argc, argv);
    TestOpenMpSpin test;
    return headroom::test::runStrictly(test, argc, argv);
}

#include "tst_openmp_spin.moc"
