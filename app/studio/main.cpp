// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/print.h"
#include "app/start_log.h"
#include "app/studio/engine_services.h"
#include "app/studio/no_display.h"
#include "app/studio/qt_log.h"
#include "app/studio/screenshot.h"
#include "app/studio/shutdown_handler.h"
#include "app/studio/translations.h"
#include "core/config/option_table.h"
#include "core/engine/start_engine.h"
#include "core/setup/library_path.h"
#include "core/support/malloc_trim.h"
#include "core/support/openmp_spin.h"
#include "core/support/version.h"
#include "ui/configuration/preferences.h"
#include "ui/theme/theme.h"
#include "ui/window/main_window.h"
#include "ui/window/studio.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QFileInfo>
#include <QTimer>

#include <algorithm>
#include <array>
#include <clocale>
#include <optional>
#include <string_view>
#include <utility>

namespace {

using namespace headroom::ui;

QCommandLineOption option(const char* name, const char* about, const char* value) {
    return {QString::fromLatin1(name), QString::fromLatin1(about), QString::fromLatin1(value)};
}

void declare(QCommandLineParser& arguments) {
    arguments.setApplicationDescription(
        QStringLiteral("Trains music source separation in the memory of your card."));
    arguments.addHelpOption();
    arguments.addVersionOption();
    arguments.addPositionalArgument(
        QStringLiteral("what"),
        QStringLiteral("what to open: a configuration (YAML), a run folder, a data set, "
                       "weights or an audio file"),
        QStringLiteral("[what...]"));
    arguments.addOption(option("data", "data set to train on, a folder with train/ and test/", "folder"));
    arguments.addOption(option("page", "page to show first: memory, training, listen, data, runs", "name"));
    arguments.addOption(option("theme", "dark, light or system; the preferences stay as they are", "theme"));
    arguments.addOption(option("language", "en or ko; the preferences stay as they are", "code"));
    arguments.addOption(
        {QStringLiteral("verbose"),
         QStringLiteral("print the log, which is kept in headroom-studio.log in ~/.cache/headroom")});
    arguments.addOption(option("screenshot", "save a picture of the window and exit", "file.png"));
    arguments.addOption(option(
        "wait", "seconds before that picture, longer while the window is busy; default: 6", "seconds"));
}

/// Prints help or version without QApplication, so that they need no display.
void handleHelp(int argc, char** argv, QCommandLineParser& arguments) {
    const std::array<std::string_view, 5> flags = {"-h", "--help", "--help-all", "-v", "--version"};
    const auto isFlag = [&](const char* argument) {
        return std::ranges::find(flags, argument) != flags.end();
    };
    if (std::none_of(argv + 1, argv + argc, isFlag))
        return;
    const QCoreApplication application(argc, argv);
    arguments.process(application); // exits
}

Theme::Mode themeOf(const QCommandLineParser& arguments) {
    const QString name = arguments.value(QStringLiteral("theme"));
    if (name == QLatin1String("dark"))
        return Theme::Mode::Dark;
    if (name == QLatin1String("light"))
        return Theme::Mode::Light;
    return name == QLatin1String("system") ? Theme::Mode::System : preferences::theme();
}

/// Opens each file as if it had been dropped on the window. Called in the event loop, because errors are
/// shown in dialogs.
void openNamed(Studio& studio, const QCommandLineParser& arguments) {
    for (const QString& path : arguments.positionalArguments())
        Q_EMIT studio.window().dropped(QFileInfo(path).absoluteFilePath());
    if (arguments.isSet(QStringLiteral("data")))
        studio.config().set(*headroom::findOption("data.root"),
                            arguments.value(QStringLiteral("data")).toStdString());
    if (arguments.isSet(QStringLiteral("page")))
        studio.window().showPage(arguments.value(QStringLiteral("page")));
}

void photograph(Studio& studio, const QCommandLineParser& arguments) {
    constexpr int defaultWait = 6;
    bool given = false;
    const int seconds = arguments.value(QStringLiteral("wait")).toInt(&given);
    headroom::app::writeScreenshot(studio, arguments.value(QStringLiteral("screenshot")),
                                   given ? seconds : defaultWait);
}

} // namespace

int main(int argc, char** argv) {
    headroom::app::prepareStandardStreams();
    headroom::limitOpenMpSpin(argv);
    headroom::takeLibTorchOffPath();
    headroom::disableMallocTrim();
    QCoreApplication::setApplicationName(QStringLiteral("headroom-studio"));
    QCoreApplication::setApplicationVersion(QString::fromUtf8(headroom::version()));
    QCommandLineParser arguments;
    declare(arguments);
    handleHelp(argc, argv, arguments);
    std::optional<headroom::app::NoDisplayGuard> guard(std::in_place);
    const QApplication application(argc, argv);
    guard.reset();
    // QApplication sets the user's locale, in which C functions may expect a decimal comma.
    std::setlocale(LC_NUMERIC, "C");
    QApplication::setApplicationDisplayName(QStringLiteral("Headroom"));
    QApplication::setDesktopFileName(QStringLiteral("headroom"));
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/headroom.svg")));
    if (!arguments.parse(QCoreApplication::arguments())) {
        headroom::app::printError("headroom-studio: {}\n", arguments.errorText().toStdString());
        return 2;
    }
    headroom::app::startProgramLog("headroom-studio", argc, argv, arguments.isSet(QStringLiteral("verbose")));
    headroom::startEngine();
    headroom::app::logQtMessages();
    const headroom::app::Translations translations(arguments.value(QStringLiteral("language")));

    Theme theme(themeOf(arguments));
    Studio studio(headroom::app::engineServices(), theme);
    const headroom::app::ShutdownHandler shutdownHandler(studio);
    studio.window().show();
    QTimer::singleShot(0, &studio, [&] { openNamed(studio, arguments); });
    if (arguments.isSet(QStringLiteral("screenshot")))
        photograph(studio, arguments);
    return QApplication::exec();
}
