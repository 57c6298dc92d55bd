// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/configuration/command_line_dialog.h"

#include "ui/theme/icon.h"
#include "ui/theme/typography.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace headroom::ui {

CommandLineDialog::CommandLineDialog(const QString& command, QWidget* parent) : QDialog(parent) {
    setWindowTitle(tr("Command line"));
    auto* column = new QVBoxLayout(this);
    auto* explanation = new QLabel(
        tr("Trains with this configuration from a terminal. Add --data and your data set folder."));
    explanation->setWordWrap(true);
    column->addWidget(explanation);
    auto* text = new QPlainTextEdit(command);
    text->setReadOnly(true);
    text->setAccessibleName(windowTitle());
    text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    text->setMinimumSize(em(46), em(14));
    column->addWidget(text);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    auto* copy = buttons->addButton(tr("Copy"), QDialogButtonBox::ActionRole);
    copy->setIcon(themeIcon(QStringLiteral("copy")));
    connect(copy, &QPushButton::clicked, this, [command] { QGuiApplication::clipboard()->setText(command); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column->addWidget(buttons);
}

} // namespace headroom::ui
