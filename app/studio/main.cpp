#include "app/studio/engine_services.h"
#include "core/config/knob_table.h"
#include "core/engine/start_engine.h"
#include "core/support/keep_freed_pages.h"
#include "core/support/version.h"
#include "core/support/wait_asleep.h"
#include "ui/main_window.h"
#include "ui/preferences.h"
#include "ui/studio.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QFileInfo>
#include <QLocale>
#include <QTimer>
#include <QTranslator>

#include <clocale>
#include <utility>

namespace {

using namespace headroom::ui;

QCommandLineOption option(const char* name, const char* about, const char* value) {
    return {QString::fromLatin1(name), QString::fromLatin1(about), QString::fromLatin1(value)};
}

void readArguments(QCommandLineParser& arguments, const QApplication& application) {
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
    arguments.process(application);
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
void translate(QTranslator& window, QTranslator& knobs, const QCommandLineParser& arguments) {
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
    load(knobs, QStringLiteral("knobs"));
}

void photograph(Studio& studio, const QCommandLineParser& arguments) {
    constexpr int usualWait = 6;
    bool given = false;
    const int seconds = arguments.value(QStringLiteral("wait")).toInt(&given);
    const QString path = arguments.value(QStringLiteral("screenshot"));
    auto* look = new QTimer(&studio);
    // Measures and spectrograms come in soon after what they are of.
    constexpr int soonMs = 3000;
    QObject::connect(look, &QTimer::timeout, &studio, [&studio, look, path, wasBusy = false]() mutable {
        if (std::exchange(wasBusy, studio.busy()) || wasBusy)
            return look->start(soonMs);
        look->stop();
        const bool written = studio.window().grab().save(path);
        studio.window().close();
        QCoreApplication::exit(written ? 0 : 1);
    });
    look->start((given ? seconds : usualWait) * 1000);
}

} // namespace

int main(int argc, char** argv) {
    headroom::waitAsleep(argv);
    headroom::keepFreedPages();
    headroom::startEngine();
    QApplication application(argc, argv);
    // QApplication takes the user's locale, under which C parsers would want a decimal comma.
    std::setlocale(LC_NUMERIC, "C");
    QApplication::setApplicationName(QStringLiteral("headroom-studio"));
    QApplication::setApplicationDisplayName(QStringLiteral("Headroom"));
    QApplication::setApplicationVersion(QString::fromUtf8(headroom::version()));
    QApplication::setDesktopFileName(QStringLiteral("headroom"));
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/headroom.svg")));
    QCommandLineParser arguments;
    readArguments(arguments, application);
    QTranslator windowTexts;
    QTranslator knobTexts;
    translate(windowTexts, knobTexts, arguments);

    Theme theme(themeOf(arguments));
    Studio studio(headroom::app::engineServices(), theme);
    // Each as if it had been dropped on the window.
    for (const QString& path : arguments.positionalArguments())
        Q_EMIT studio.window().dropped(QFileInfo(path).absoluteFilePath());
    if (arguments.isSet(QStringLiteral("data")))
        studio.config().set(*headroom::findKnob("data.root"),
                            arguments.value(QStringLiteral("data")).toStdString());
    studio.window().show();
    if (arguments.isSet(QStringLiteral("page")))
        studio.window().showPage(arguments.value(QStringLiteral("page")));
    if (arguments.isSet(QStringLiteral("screenshot")))
        photograph(studio, arguments);
    return QApplication::exec();
}
