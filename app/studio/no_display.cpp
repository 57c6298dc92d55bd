// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/studio/no_display.h"

#include "app/print.h"

#include <QString>
#include <QtGlobal>

#include <string>
#include <unistd.h>

namespace headroom::app {
namespace {

/// The first warning, which is more specific than the fatal message that follows.
std::string& reason() {
    static std::string text;
    return text;
}

void handleMessage(QtMsgType type, const QMessageLogContext& /*context*/, const QString& message) {
    if (type == QtFatalMsg) {
        printError(
            "headroom-studio: the window cannot be opened ({}). On a machine without a display use the "
            "command line, headroom, which does everything that the window does.\n",
            reason().empty() ? "there is no display" : reason());
        _exit(1); // Qt would abort after this
    }
    if (type != QtDebugMsg && type != QtInfoMsg && reason().empty())
        reason() = message.section(QLatin1Char('\n'), 0, 0).trimmed().toStdString();
}

} // namespace

NoDisplayGuard::NoDisplayGuard() {
    qInstallMessageHandler(handleMessage);
}

NoDisplayGuard::~NoDisplayGuard() {
    qInstallMessageHandler(nullptr);
    if (!reason().empty())
        qWarning("%s", reason().c_str());
}

} // namespace headroom::app
