// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/strict_run.h"

#include <QRegularExpression>
#include <QTest>

#include <mutex>

namespace headroom::test {
namespace {

/// Everything but messages of the offscreen platform plugin and of PulseAudio.
const QRegularExpression& unexpectedWarning() {
    static const QRegularExpression pattern(QStringLiteral(
        "^(?!This plugin does not support (propagateSizeHints|raise|grabbing)|PulseAudioService)"));
    return pattern;
}

QtMessageHandler qtestHandler = nullptr;

/// Qt Test forgets the patterns of failOnWarning() after each test function, so the pattern is set again for
/// each message, right before Qt Test handles it. Messages that ignoreMessage() expects are handled first.
void handleMessage(QtMsgType type, const QMessageLogContext& context, const QString& message) {
    static std::recursive_mutex mutex;
    const std::lock_guard lock(mutex);
    if (type == QtWarningMsg || type == QtCriticalMsg)
        QTest::failOnWarning(unexpectedWarning());
    qtestHandler(type, context, message);
}

} // namespace

int runStrictly(QObject& test, int argc, char** argv) {
    // The three parts of QTest::qExec(). qInit() installs the message handler of Qt Test; qCleanup() restores
    // the one before it.
    QTest::qInit(&test, argc, argv);
    qtestHandler = qInstallMessageHandler(nullptr);
    qInstallMessageHandler(handleMessage);
    const int failures = QTest::qRun();
    QTest::qCleanup();
    return failures;
}

} // namespace headroom::test
