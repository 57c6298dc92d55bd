// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/help_dialog.h"

#include "ui/theme/typography.h"

#include <QDialogButtonBox>
#include <QFile>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace headroom::ui {

HelpDialog::HelpDialog(QWidget* parent) : QDialog(parent) {
    setWindowTitle(tr("Help"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(em(60), em(54));
    auto* column = new QVBoxLayout(this);
    auto* text = new QTextBrowser;
    text->setOpenExternalLinks(true);
    text->setAccessibleName(windowTitle());
    //: File name of the manual in this language.
    QFile file(QStringLiteral(":/help/") + tr("manual.en.md"));
    [[maybe_unused]] const bool opened = file.open(QIODevice::ReadOnly);
    Q_ASSERT(opened);
    text->setMarkdown(QString::fromUtf8(file.readAll()));
    column->addWidget(text);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column->addWidget(buttons);
}

} // namespace headroom::ui
