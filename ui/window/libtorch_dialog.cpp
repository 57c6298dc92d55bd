// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/libtorch_dialog.h"

#include "ui/theme/typography.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

#include <exception>
#include <utility>

namespace headroom::ui {

LibTorchDialog::LibTorchDialog(qint64 megabytes, Install install, QWidget* parent)
    : QDialog(parent), install_(std::move(install)), text_(new QLabel), bar_(new QProgressBar),
      states_("LibTorch", [this](const std::vector<State>& states) { show(states.back()); }) {
    setWindowTitle(QStringLiteral("Headroom"));
    setMinimumWidth(em(34));
    auto* column = new QVBoxLayout(this);
    text_->setTextFormat(Qt::PlainText);
    text_->setWordWrap(true);
    text_->setText(tr("Headroom computes with LibTorch, which is not on this machine yet. Download it from "
                      "PyPI (%1 MB)? An "
                      "interrupted download is continued the next time.")
                       .arg(megabytes));
    column->addWidget(text_);
    constexpr int steps = 1000;
    bar_->setRange(0, steps);
    bar_->setAccessibleName(tr("Progress"));
    column->addWidget(bar_);
    auto* buttons = new QDialogButtonBox;
    buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    download_ = buttons->addButton(tr("Download"), QDialogButtonBox::ActionRole);
    download_->setDefault(true);
    connect(download_, &QPushButton::clicked, this, &LibTorchDialog::start);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column->addWidget(buttons);
}

LibTorchDialog::~LibTorchDialog() {
    thread_ = {}; // stops and joins before the mailbox is gone
}

void LibTorchDialog::start() {
    download_->setEnabled(false);
    thread_ = std::jthread([this](const std::stop_token& stop) { states_.post(run(stop)); });
}

LibTorchDialog::State LibTorchDialog::run(const std::stop_token& stop) {
    try {
        const bool done = install_(
            [this](double share, bool unpacking) { states_.post({.share = share, .unpacking = unpacking}); },
            stop);
        return {.kind = done ? State::Kind::Done : State::Kind::Failed};
    } catch (const std::exception& error) {
        return {.kind = State::Kind::Failed, .error = error.what()};
    }
}

void LibTorchDialog::show(const State& state) {
    if (state.kind == State::Kind::Done) {
        accept();
        return;
    }
    if (state.kind == State::Kind::Failed) {
        text_->setText(tr("LibTorch could not be installed: %1").arg(QString::fromStdString(state.error)));
        download_->setEnabled(true);
        return;
    }
    text_->setText(state.unpacking ? tr("Unpacking LibTorch…") : tr("Downloading LibTorch…"));
    bar_->setValue(static_cast<int>(state.share * bar_->maximum()));
}

} // namespace headroom::ui
