// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/print.h"
#include "app/starter/start_installed.h"
#include "app/studio/no_display.h"
#include "app/studio/translations.h"
#include "core/setup/install_libtorch.h"
#include "core/setup/libtorch_folder.h"
#include "core/setup/machine.h"
#include "core/setup/package_index.h"
#include "core/support/error.h"
#include "ui/configuration/preferences.h"
#include "ui/theme/theme.h"
#include "ui/window/libtorch_dialog.h"

#include <QApplication>
#include <QIcon>

#include <optional>
#include <stdexcept>

namespace {

using namespace headroom;

std::int64_t downloadBytes(const LibTorchRequest& request) {
    std::int64_t bytes = 0;
    for (const Wheel& wheel : request.wheels)
        bytes += wheel.bytes;
    return bytes;
}

/// Returns whether LibTorch is there now.
bool offerLibTorch(int argc, char** argv) {
    std::optional<app::NoDisplayGuard> guard(std::in_place);
    const QApplication application(argc, argv);
    guard.reset();
    QApplication::setDesktopFileName(QStringLiteral("headroom"));
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/headroom.svg")));
    const app::Translations translations({});
    const ui::Theme theme(ui::preferences::theme());
    const bool cuda = hasSupportedCard();
    const LibTorchRequest request{
        .wheels = libTorchWheels(cuda), .cuda = cuda, .index = usualPackageIndex(), .folder = setupFolder()};
    const auto install = [&](const ui::LibTorchDialog::Progress& progress, const std::stop_token& stop) {
        const auto show = [&](const LibTorchProgress& now) {
            progress(static_cast<double>(now.done) / static_cast<double>(now.total),
                     now.phase == LibTorchProgress::Phase::Unpack);
        };
        try {
            return installLibTorch(request, show, stop);
        } catch (const Error& error) {
            throw std::runtime_error(error.message()); // with the remedy
        }
    };
    constexpr std::int64_t megabyte = 1'000'000;
    ui::LibTorchDialog dialog(downloadBytes(request) / megabyte, install);
    return dialog.exec() == QDialog::Accepted;
}

} // namespace

/// What the starter becomes if the studio is opened on a display without LibTorch: a dialog that fetches it.
/// Then it becomes the studio.
int main(int argc, char** argv) {
    app::prepareStandardStreams();
    try {
        if (offerLibTorch(argc, argv))
            app::startInstalled("headroom-studio", argv);
    } catch (const Error& error) {
        app::printError("headroom-studio: {}\n", error.message());
    }
    return 1;
}
