// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/studio/screenshot.h"

#include "app/print.h"
#include "core/support/atomic_file.h"
#include "core/support/error.h"
#include "ui/window/main_window.h"
#include "ui/window/studio.h"

#include <QApplication>
#include <QBuffer>
#include <QFileInfo>
#include <QLabel>
#include <QPixmap>
#include <QStringList>
#include <QTimer>

#include <utility>

namespace headroom::app {
namespace {

/// Text of the open dialog; empty if there is none.
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
        printError("headroom-studio: no picture was saved, because a dialog is open: {}\n",
                   question.toStdString());
        return 1;
    }
    const QString kind = QFileInfo(path).suffix();
    QBuffer picture;
    if (!studio.window().grab().save(&picture, kind.isEmpty() ? "PNG" : kind.toUtf8().constData())) {
        printError("headroom-studio: there are no pictures of this kind: {}\n", path.toStdString());
        return 1;
    }
    try {
        writeFileAtomically(path.toStdString(), picture.data().toStdString());
    } catch (const Error& error) {
        printError("headroom-studio: {}\n", error.message());
        return 1;
    }
    return 0;
}

} // namespace

void writeScreenshot(ui::Studio& studio, const QString& path, int seconds) {
    auto* timer = new QTimer(&studio);
    // Loudness, scores and spectrograms follow shortly after the audio they belong to.
    constexpr int followUpMs = 3000;
    QObject::connect(timer, &QTimer::timeout, &studio, [&studio, timer, path, wasBusy = false]() mutable {
        const bool noDialog = QApplication::activeModalWidget() == nullptr;
        if (noDialog && (std::exchange(wasBusy, studio.busy()) || wasBusy))
            return timer->start(followUpMs);
        timer->stop();
        QCoreApplication::exit(write(studio, path));
    });
    timer->start(seconds * 1000);
}

} // namespace headroom::app
