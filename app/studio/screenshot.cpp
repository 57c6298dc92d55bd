#include "app/studio/screenshot.h"

#include "app/print.h"
#include "ui/window/main_window.h"
#include "ui/window/studio.h"

#include <QApplication>
#include <QLabel>
#include <QPixmap>
#include <QStringList>
#include <QTimer>

#include <utility>

namespace headroom::app {
namespace {

/// What a dialog says; empty where none is open.
QString dialogText() {
    const QWidget* dialog = QApplication::activeModalWidget();
    if (dialog == nullptr)
        return {};
    QStringList texts;
    for (const QLabel* label : dialog->findChildren<QLabel*>()) {
        if (!label->text().isEmpty())
            texts << label->text();
    }
    return texts.isEmpty() ? dialog->windowTitle() : texts.join(QLatin1String(" | "));
}

int write(ui::Studio& studio, const QString& path) {
    if (const QString question = dialogText(); !question.isEmpty()) {
        printError("headroom-studio: no picture, for a dialog is open: {}\n", question.toStdString());
        return 1;
    }
    if (studio.window().grab().save(path))
        return 0;
    printError("headroom-studio: the picture cannot be written: {}\n", path.toStdString());
    return 1;
}

} // namespace

void writeScreenshot(ui::Studio& studio, const QString& path, int seconds) {
    auto* look = new QTimer(&studio);
    // Measures and spectrograms come in soon after what they are of.
    constexpr int soonMs = 3000;
    QObject::connect(look, &QTimer::timeout, &studio, [&studio, look, path, wasBusy = false]() mutable {
        const bool waits = QApplication::activeModalWidget() == nullptr;
        if (waits && (std::exchange(wasBusy, studio.busy()) || wasBusy))
            return look->start(soonMs);
        look->stop();
        QCoreApplication::exit(write(studio, path));
    });
    look->start(seconds * 1000);
}

} // namespace headroom::app
