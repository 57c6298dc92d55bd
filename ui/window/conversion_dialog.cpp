// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/conversion_dialog.h"

#include "ui/theme/typography.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace headroom::ui {
namespace {

QLabel* wrapped(const QString& text) {
    auto* label = new QLabel(text);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

} // namespace

ConversionDialog::ConversionDialog(const Conversion& conversion, const QString& name, QWidget* parent)
    : QDialog(parent) {
    setWindowTitle(tr("Converted configuration"));
    setMinimumWidth(em(48));
    const QString model = QString::fromStdString(conversion.model);
    auto* column = new QVBoxLayout(this);
    QLabel* title = wrapped(conversion.format == ForeignFormat::Msst
                                ? tr("%1 is an MSST configuration of a %2").arg(name, model)
                                : tr("%1 is the authors' configuration of a %2").arg(name, model));
    title->setFont(textFont(TextSize::Heading, QFont::Bold));
    column->addWidget(title);
    const int near = conversion.count(KeyOutcome::Near);
    column->addWidget(
        wrapped(tr("Keys taken over: %1, of which %2 with differences. Keys without a counterpart: %3.")
                    .arg(conversion.count(KeyOutcome::Exact) + near)
                    .arg(near)
                    .arg(conversion.count(KeyOutcome::NoCounterpart))));
    auto* report =
        new QPlainTextEdit(QString::fromStdString(conversionReport(conversion, name.toStdString())));
    report->setReadOnly(true);
    report->setTabChangesFocus(true);
    report->setAccessibleName(tr("What became of each key"));
    report->setMinimumHeight(em(20));
    column->addWidget(report);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column->addWidget(buttons);
}

} // namespace headroom::ui
