// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/studio/qt_log.h"

#include "core/support/log.h"

#include <QString>
#include <QtGlobal>

#include <string>

namespace headroom::app {
namespace {

QtMessageHandler previous = nullptr;

LogLevel levelOf(QtMsgType type) {
    switch (type) {
    case QtDebugMsg:
        return LogLevel::Debug;
    case QtInfoMsg:
        return LogLevel::Info;
    case QtWarningMsg:
        return LogLevel::Warning;
    case QtCriticalMsg:
    case QtFatalMsg:
        break;
    }
    return LogLevel::Error;
}

void logMessage(QtMsgType type, const QMessageLogContext& context, const QString& text) {
    const std::string category = context.category == nullptr ? "" : context.category;
    const std::string prefix = category.empty() || category == "default" ? "" : category + ": ";
    log(LogCategory::Window, levelOf(type), prefix + text.toStdString());
    if (previous != nullptr)
        previous(type, context, text);
}

} // namespace

void logQtMessages() {
    previous = qInstallMessageHandler(logMessage);
}

} // namespace headroom::app
