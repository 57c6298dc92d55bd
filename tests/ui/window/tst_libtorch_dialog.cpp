// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/strict_ui_main.h"
#include "ui/window/libtorch_dialog.h"

#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>

#include <semaphore>
#include <stdexcept>

using headroom::ui::LibTorchDialog;

namespace {

QPushButton* buttonOf(const LibTorchDialog& dialog, const char* text) {
    for (auto* button : dialog.findChildren<QPushButton*>())
        if (button->text() == QLatin1String(text))
            return button;
    return nullptr;
}

QString textOf(const LibTorchDialog& dialog) {
    return dialog.findChild<QLabel*>()->text();
}

} // namespace

class TestLibTorchDialog : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void asksFirst() {
        bool called = false;
        const LibTorchDialog dialog(544, [&](const auto&, const auto&) { return called = true; });
        QVERIFY(textOf(dialog).contains(QStringLiteral("544 MB")));
        QVERIFY(!called);
    }

    void isAcceptedWhenDone() {
        std::binary_semaphore go(0);
        LibTorchDialog dialog(1, [&](const LibTorchDialog::Progress& progress, const std::stop_token&) {
            progress(0.5, true);
            go.acquire();
            return true;
        });
        QSignalSpy accepted(&dialog, &QDialog::accepted);
        buttonOf(dialog, "Download")->click();
        QVERIFY(!buttonOf(dialog, "Download")->isEnabled());
        QTRY_COMPARE(dialog.findChild<QProgressBar*>()->value(), 500);
        QVERIFY(textOf(dialog).startsWith(QStringLiteral("Unpacking")));
        go.release();
        QTRY_COMPARE(accepted.count(), 1);
    }

    void canBeTriedAgainAfterAFailure() {
        int attempts = 0;
        LibTorchDialog dialog(1, [&](const auto&, const auto&) {
            if (++attempts == 1)
                throw std::runtime_error("no connection");
            return true;
        });
        QSignalSpy accepted(&dialog, &QDialog::accepted);
        buttonOf(dialog, "Download")->click();
        QTRY_VERIFY(textOf(dialog).contains(QStringLiteral("no connection")));
        QVERIFY(buttonOf(dialog, "Download")->isEnabled());
        buttonOf(dialog, "Download")->click();
        QTRY_COMPARE(accepted.count(), 1);
    }

    void stopsWhenItIsClosed() {
        std::binary_semaphore started(0);
        bool stopped = false;
        {
            LibTorchDialog dialog(1, [&](const auto&, const std::stop_token& stop) {
                std::binary_semaphore stopping(0);
                const std::stop_callback onStop(stop, [&] { stopping.release(); });
                started.release();
                stopping.acquire();
                stopped = true;
                return false;
            });
            buttonOf(dialog, "Download")->click();
            started.acquire();
            dialog.reject();
        }
        QVERIFY(stopped);
    }
};

HEADROOM_UI_TEST_MAIN(TestLibTorchDialog)
#include "tst_libtorch_dialog.moc"
