#include "app/print.h"
#include "app/studio/engine_services.h"
#include "app/studio/no_display.h"
#include "app/studio/orderly_end.h"
#include "app/studio/screenshot.h"
#include "core/config/option_table.h"
#include "core/engine/start_engine.h"
#include "core/support/keep_freed_pages.h"
#include "core/support/openmp_spin.h"
#include "core/support/version.h"
#include "ui/configuration/preferences.h"
#include "ui/theme/theme.h"
#include "ui/window/main_window.h"
#include "ui/window/studio.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QFileInfo>
#include <QLocale>
#include <QTimer>
#include <QTranslator>

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
    arguments.setApplicationDescription(QStringLiteral("Trains music separation on the card that you have."));
    arguments.addHelpOption();
    arguments.addVersionOption();
    arguments.addPositionalArgument(
        QStringLiteral("what"),
        QStringLiteral("what to open: a setting (YAML), a run folder, a folder of songs, "
                       "weights or a sound file"),
        QStringLiteral("[what...]"));
    arguments.addOption(option("data", "songs to train on, a folder with train/ and test/", "folder"));
    arguments.addOption(
        option("page", "shows this page first: memory, training, listen, data, runs", "name"));
    arguments.addOption(option("theme", "dark, light or system, for this time", "theme"));
    arguments.addOption(option("language", "en or ko, for this time", "code"));
    arguments.addOption(option("screenshot", "writes a picture of the window and ends", "file.png"));
    arguments.addOption(
        option("wait", "seconds before that picture, or more until all is worked out; 6 where not given",
               "seconds"));
}

/// Help and version are printed without a window, so that they need no display.
void answerWithoutWindow(int argc, char** argv, QCommandLineParser& arguments) {
    const std::array<std::string_view, 5> questions = {"-h", "--help", "--help-all", "-v", "--version"};
    const auto asks = [&](const char* argument) {
        return std::ranges::find(questions, argument) != questions.end();
    };
    if (std::none_of(argv + 1, argv + argc, asks))
        return;
    const QCoreApplication application(argc, argv);
    arguments.process(application); // ends the program
}

Theme::Mode themeOf(const QCommandLineParser& arguments) {
    const QString name = arguments.value(QStringLiteral("theme"));
    if (name == QLatin1String("dark"))
        return Theme::Mode::Dark;
    if (name == QLatin1String("light"))
        return Theme::Mode::Light;
    return name == QLatin1String("system") ? Theme::Mode::System : preferences::theme();
}

/// The language of the window: as told, as preferred, or as the system has it.
void translate(QTranslator& window, QTranslator& options, const QCommandLineParser& arguments) {
    QString code = arguments.value(QStringLiteral("language"));
    if (code.isEmpty())
        code = preferences::language();
    const QLocale locale = code.isEmpty() ? QLocale::system() : QLocale(code);
    QLocale::setDefault(locale); // dates are in that language too
    const auto load = [&locale](QTranslator& translator, const QString& file) {
        if (translator.load(locale, file, QStringLiteral("_"), QStringLiteral(":/translations")))
            QCoreApplication::installTranslator(&translator);
    };
    load(window, QStringLiteral("headroom"));
    load(options, QStringLiteral("knobs"));
}

/// Opens each as if it had been dropped on the window. In the event loop, which the dialogs of what cannot be
/// opened belong to.
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
    constexpr int usualWait = 6;
    bool given = false;
    const int seconds = arguments.value(QStringLiteral("wait")).toInt(&given);
    headroom::app::writeScreenshot(studio, arguments.value(QStringLiteral("screenshot")),
                                   given ? seconds : usualWait);
}

} // namespace

int main(int argc, char** argv) {
    headroom::app::prepareStandardStreams();
    headroom::limitOpenMpSpin(argv);
    headroom::disableMallocTrim();
    QCoreApplication::setApplicationName(QStringLiteral("headroom-studio"));
    QCoreApplication::setApplicationVersion(QString::fromUtf8(headroom::version()));
    QCommandLineParser arguments;
    declare(arguments);
    answerWithoutWindow(argc, argv, arguments);
    headroom::startEngine();
    std::optional<headroom::app::NoDisplayGuard> guard(std::in_place);
    const QApplication application(argc, argv);
    guard.reset();
    // QApplication takes the user's locale, under which C parsers would want a decimal comma.
    std::setlocale(LC_NUMERIC, "C");
    QApplication::setApplicationDisplayName(QStringLiteral("Headroom"));
    QApplication::setDesktopFileName(QStringLiteral("headroom"));
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/headroom.svg")));
    if (!arguments.parse(QCoreApplication::arguments())) {
        headroom::app::printError("headroom-studio: {}\n", arguments.errorText().toStdString());
        return 2;
    }
    QTranslator windowTexts;
    QTranslator optionTexts;
    translate(windowTexts, optionTexts, arguments);

    Theme theme(themeOf(arguments));
    Studio studio(headroom::app::engineServices(), theme);
    const headroom::app::OrderlyEnd orderlyEnd(studio);
    studio.window().show();
    QTimer::singleShot(0, &studio, [&] { openNamed(studio, arguments); });
    if (arguments.isSet(QStringLiteral("screenshot")))
        photograph(studio, arguments);
    return QApplication::exec();
}
