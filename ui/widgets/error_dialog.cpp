// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/error_dialog.h"

#include "ui/theme/icon.h"
#include "ui/theme/palette.h"
#include "ui/theme/typography.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace headroom::ui {
namespace {

void addLine(QFormLayout& form, const QString& title, const std::string& text) {
    if (text.empty())
        return;
    auto* name = new QLabel(title);
    name->setProperty("second", true);
    auto* line = new QLabel(QString::fromStdString(text));
    line->setTextFormat(Qt::PlainText);
    line->setWordWrap(true);
    line->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    line->setAccessibleName(title);
    form.addRow(name, line);
}

} // namespace

ErrorDialog::ErrorDialog(const QString& headline, const Error& error, QWidget* parent) : QDialog(parent) {
    setWindowTitle(QStringLiteral("Headroom"));
    setMinimumWidth(em(42));
    auto* column = new QVBoxLayout(this);
    auto* top = new QHBoxLayout;
    auto* icon = new QLabel;
    const bool dark = QWidget::palette().color(QPalette::Window).lightness() < 128;
    const Palette& colors = dark ? darkPalette() : lightPalette();
    icon->setPixmap(iconPixmap(QStringLiteral("misfit"), colors.doesNotFit, em(2.4), devicePixelRatioF()));
    auto* title = new QLabel(headline);
    title->setFont(textFont(TextSize::Heading, QFont::Bold));
    title->setWordWrap(true);
    top->addWidget(icon, 0, Qt::AlignTop);
    top->addWidget(title, 1);
    column->addLayout(top);
    auto* form = new QFormLayout;
    addLine(*form, tr("What"), error.what());
    addLine(*form, tr("Where"), error.where());
    addLine(*form, tr("What to do"), error.remedy());
    column->addLayout(form);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    auto* copy = buttons->addButton(tr("Copy details"), QDialogButtonBox::ActionRole);
    copy->setIcon(themeIcon(QStringLiteral("copy")));
    const QString details = headline + QLatin1Char('\n') + QString::fromStdString(error.message());
    connect(copy, &QPushButton::clicked, this, [details] { QGuiApplication::clipboard()->setText(details); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column->addWidget(buttons);
}

} // namespace headroom::ui
