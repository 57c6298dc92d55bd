// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/training/run_notice.h"

#include "ui/runs/run_model.h"
#include "ui/runs/run_text.h"
#include "ui/theme/icon.h"
#include "ui/theme/plain_text.h"

#include <QDir>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace headroom::ui {

RunNotice::RunNotice(RunModel& run, QWidget* parent)
    : QFrame(parent), run_(run), text_(new QLabel),
      resume_(new QPushButton(themeIcon(QStringLiteral("play")), QString())) {
    setProperty("role", "box");
    text_->setTextFormat(Qt::PlainText);
    text_->setWordWrap(true);
    text_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto* row = new QHBoxLayout(this);
    row->addWidget(text_, 1);
    row->addWidget(resume_);
    connect(resume_, &QPushButton::clicked, &run_, &RunModel::resumeRun);
    connect(&run_, &RunModel::historyChanged, this, &RunNotice::refresh);
    connect(&run_, &RunModel::historyReplaced, this, &RunNotice::refresh);
    connect(&run_, &RunModel::stateChanged, this, &RunNotice::refresh);
    connect(&run_, &RunModel::pendingChanged, this, &RunNotice::refresh);
    refresh();
}

void RunNotice::refresh() {
    const QString text = runNoticeText(run_);
    setVisible(!text.isEmpty());
    if (text.isEmpty())
        return;
    if (text != text_->text())
        text_->setText(text);
    resume_->setVisible(run_.canResume() && !run_.reading());
    resume_->setText(plainActionText(tr("Resume %1").arg(QDir(run_.folder()).dirName())));
}

} // namespace headroom::ui
